package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.repository.Deployment;
import org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.autoconfigure.actuate.observability.AutoConfigureObservability;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * A test on the real engine, a real database, a real mail server and a real web server. All share one application; each begins
 * on Monday 23 November 2026 at 10:00 in Berlin with no case under way.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@Import({Desk.class, Statements.class})
// tests have no registry of Prometheus otherwise
@AutoConfigureObservability(tracing = false)
@Tag("database")
public abstract class EngineTest {

  public static final GreenMail MAIL_SERVER = startMailServer();

  /** Where roots are kept outside of the database, for as long as it lives. */
  protected static final Path ROOTS = rootsFile();

  private static final Path TEXTS = textsOfAnOwner();

  @Autowired
  protected Desk desk;

  private final Set<String> deployedBefore = new HashSet<>();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry settings) {
    TestDatabase.register(settings);
    settings.add("spring.mail.host", () -> "localhost");
    settings.add("spring.mail.port", () -> MAIL_SERVER.getSmtp().getPort());
    settings.add("escalation.mail.from", () -> "Support <support@example.org>");
    settings.add("escalation.security.bcrypt-strength", () -> 4);
    // time is the tests' to move: nothing happens by itself
    settings.add("escalation.demo.cases", () -> false);
    settings.add("escalation.background", () -> false);
    // all tests come from one address
    settings.add("escalation.open.per-address-and-hour", () -> 10_000);
    settings.add("camunda.bpm.job-execution.enabled", () -> false);
    settings.add("escalation.texts", () -> TEXTS.toString());
    settings.add("escalation.audit.roots-file", ROOTS::toString);
    settings.add("escalation.audit.roots-mail", () -> "auditors@example.org");
  }

  /** The texts that an owner adds, as the guide to redesigns says. */
  private static Path textsOfAnOwner() {
    try {
      var guide = Files.readString(Path.of("docs/redesigns.md"));
      var begin = guide.indexOf('\n', guide.indexOf("```text notifications.properties")) + 1;
      var folder = Files.createTempDirectory("texts");
      Files.writeString(
          folder.resolve("notifications.properties"),
          guide.substring(begin, guide.indexOf("```", begin)));
      return folder;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Path rootsFile() {
    try {
      var file = Files.createTempFile("roots", ".txt");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static GreenMail startMailServer() {
    var server = new GreenMail(new ServerSetup(freePort(), "localhost", ServerSetup.PROTOCOL_SMTP));
    server.start();
    return server;
  }

  /** A port that stays the same when a test stops the server and starts it again. */
  private static int freePort() {
    try (var socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void startTheDay() {
    deployments().forEach(deployedBefore::add);
    desk.startTheDay();
  }

  /** What a test deployed is gone after it, with all that runs under it. */
  @AfterEach
  void endTheDay() {
    newDeployments()
        .forEach(each -> BpmnAwareTests.repositoryService().deleteDeployment(each, true));
    desk.endTheDay();
  }

  /** The ids of what was deployed in this test. */
  protected List<String> newDeployments() {
    return deployments().filter(each -> !deployedBefore.contains(each)).toList();
  }

  private static Stream<String> deployments() {
    return BpmnAwareTests.repositoryService().createDeploymentQuery().list().stream()
        .map(Deployment::getId);
  }

  /** The shipped service levels with some text replaced. */
  protected void deployPolicy(Map<String, String> changes) {
    try {
      var table = Files.readString(Path.of("processes/service-levels.dmn"));
      for (var change : changes.entrySet()) {
        assertThat(table).contains(change.getKey());
        table = table.replace(change.getKey(), change.getValue());
      }
      BpmnAwareTests.repositoryService()
          .createDeployment()
          .name("changed policy")
          .addString("service-levels.dmn", table)
          .deploy();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
