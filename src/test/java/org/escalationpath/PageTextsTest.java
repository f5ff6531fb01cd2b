package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.escalationpath.audit.ExceptionKind;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every page says everything in every language. */
class PageTextsTest {

  private static final Pattern JAVA_KEY = Pattern.compile(
      "(?:text|orInEnglish|Redirects\\.to)\\([^;\"]*?\"([a-z]+\\.[\\w.-]*\\w)\"|\"((?:case|status|survey|outbox)\\.done[\\w.-]*\\w)\"");
  private static final Pattern NOTED =
      Pattern.compile("journal\\s*\\.append\\(\\s*\"([a-z-]+[a-z])\"");
  private static final Path TEXTS = Path.of("src/main/resources/texts");
  private static final Pattern KEY =
      Pattern.compile("#\\{([a-z][\\w.-]+)|@words\\.text\\('([a-z][\\w.-]+)'");

  @ParameterizedTest
  @ValueSource(strings = {"pages", "notifications"})
  void germanHasWhatEnglishHas(String name) {
    assertThat(texts(name + "_de").stringPropertyNames())
        .containsAll(texts(name).stringPropertyNames().stream()
            // mails to staff are in English so far
            .filter(key -> !key.startsWith("staff-"))
            .toList());
  }

  @Test
  void whatTemplatesAskForIsThere() {
    assertThat(texts("pages").stringPropertyNames()).containsAll(usedInTemplates());
  }

  @Test
  void whatPagesSayInJavaIsThere() throws IOException {
    var used = new TreeSet<String>();
    try (var files = Files.walk(Path.of("src/main/java/org/escalationpath/desk"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var keys = JAVA_KEY.matcher(Files.readString(file));
        while (keys.find()) {
          used.add(keys.group(1) == null ? keys.group(2) : keys.group(1));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(30);
    assertThat(texts("pages").stringPropertyNames()).containsAll(used);
  }

  @Test
  void everyCodeHasAWord() {
    var words = texts("pages").stringPropertyNames();
    for (var code : CaseState.values()) {
      assertThat(words).contains("state." + code);
    }
    for (var code : Priority.values()) {
      assertThat(words).contains("priority." + code);
    }
    for (var code : ExceptionKind.values()) {
      assertThat(words).contains("exception." + code, "exception." + code + ".what");
    }
    for (var code : Reason.values()) {
      assertThat(words).contains("reason." + code);
    }
    for (var code : Trigger.values()) {
      assertThat(words).contains("trigger." + code);
    }
    for (var code : What.values()) {
      assertThat(words).contains("what." + code);
    }
    for (var template : texts("notifications").stringPropertyNames()) {
      if (template.endsWith(".subject")) {
        assertThat(words).contains("template." + template.replace(".subject", ""));
      }
    }
  }

  @Test
  void whatTheJournalNotesHasAWord() throws IOException {
    // of those that are put together: what a second person decides
    var used = new TreeSet<>(Set.of("journal.change-deployed", "journal.change-refused"));
    try (var files = Files.walk(Path.of("src/main/java"))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var codes = NOTED.matcher(Files.readString(file));
        while (codes.find()) {
          used.add("journal." + codes.group(1));
        }
      }
    }
    assertThat(used).hasSizeGreaterThan(8);
    assertThat(texts("pages").stringPropertyNames()).containsAll(used);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pages", "pages_de", "notifications", "notifications_de"})
  void everyTextCanBeFilledIn(String name) {
    texts(name)
        .forEach((key, text) -> assertThat(
                new MessageFormat(text.toString(), Locale.ENGLISH).toPattern())
            .as("%s of %s", key, name)
            .isNotNull());
  }

  private static Set<String> usedInTemplates() {
    var used = new TreeSet<String>();
    try (var files = Files.walk(Path.of("src/main/resources/templates"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".html")).toList()) {
        var keys = KEY.matcher(Files.readString(file));
        while (keys.find()) {
          used.add(keys.group(1) == null ? keys.group(2) : keys.group(1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertThat(used).hasSizeGreaterThan(200);
    return used;
  }

  private static Properties texts(String name) {
    var texts = new Properties();
    try (var file =
        Files.newBufferedReader(TEXTS.resolve(name + ".properties"), StandardCharsets.UTF_8)) {
      texts.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return texts;
  }
}
