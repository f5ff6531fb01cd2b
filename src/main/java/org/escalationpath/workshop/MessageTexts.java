package org.escalationpath.workshop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the messages that there are texts for: the shipped ones, and those in the folder of the setting {@code escalation.texts}. */
final class MessageTexts {

  private static final String FILE = "notifications.properties";
  private static final String BODY = ".body";

  private MessageTexts() {}

  /** @param folder where owners keep their texts; empty for none */
  static Set<String> names(String folder) {
    var texts = new Properties();
    try (InputStream shipped = MessageTexts.class.getResourceAsStream("/texts/" + FILE)) {
      texts.load(shipped);
      var own = Path.of(folder, FILE);
      if (!folder.isBlank() && Files.isReadable(own)) {
        try (var reader = Files.newBufferedReader(own)) {
          texts.load(reader);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The texts of messages cannot be read", e);
    }
    return texts.stringPropertyNames().stream()
        .filter(name -> name.endsWith(BODY))
        .map(name -> name.substring(0, name.length() - BODY.length()))
        .collect(Collectors.toSet());
  }
}
