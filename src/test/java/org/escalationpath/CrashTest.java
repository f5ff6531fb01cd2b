package org.escalationpath;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.jayway.jsonpath.JsonPath;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole application as a process of its own, killed without warning while cases come in, climb and are told about, and
 * started again: nothing acknowledged is lost, and nothing happens twice but a mail whose answer never came.
 */
@Tag("database")
class CrashTest {

  private static final int CASES = 40;
  private static final int KILL_AFTER = 25;
  private static final List<String> CLIMB =
      List.of("team-lead", "department-manager", "senior-management");

  @TempDir
  Path folder;

  private final GreenMail mailServer =
      new GreenMail(new ServerSetup(ChildApplication.freePort(), "localhost", "smtp"));
  private final ChildApplication application = new ChildApplication();
  private final int port = application.port();

  @AfterEach
  void stop() {
    application.kill();
    mailServer.stop();
  }

  @Test
  void killedInTheMiddleOfEverythingItLosesNothingAndDoesNothingTwice() throws Exception {
    mailServer.start();
    var database = TestDatabase.another("crash", folder);
    start(database);
    letLimitsPassInSeconds();

    var acknowledged = ConcurrentHashMap.<String>newKeySet();
    openUntilItDies(acknowledged);
    start(database);
    openAll(acknowledged);

    assertThat(acknowledged).hasSize(CASES);
    await()
        .atMost(Duration.ofSeconds(150))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(() -> {
          for (var number : acknowledged) {
            assertThat(reached(number)).as(number).hasSameSizeAs(CLIMB);
          }
        });
    var moves = 0;
    for (var number : acknowledged) {
      assertThat(whats(number, "opened")).as(number).hasSize(1);
      // the limits that passed while it was dead are one move, with the tiers in between told as
      // passed
      assertThat(reached(number)).as(number).containsExactlyInAnyOrderElementsOf(CLIMB);
      moves += whats(number, "escalated").size();
    }
    var expectedMails = CASES + moves;
    // an acknowledgement and a message for each move to the customer of each case
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofSeconds(2))
        .untilAsserted(
            () -> assertThat(messageIds("@customers.example.org").keySet()).hasSize(expectedMails));
    var sentAgain = messageIds("@customers.example.org").values().stream()
        .filter(copies -> copies.size() > 1)
        .count();
    // only what was between sending and writing down when the process died: as many as there are
    // senders
    assertThat(sentAgain).isLessThanOrEqualTo(4);
  }

  private void openUntilItDies(Set<String> acknowledged) throws InterruptedException {
    var opened = new AtomicInteger();
    var clients = Executors.newFixedThreadPool(4);
    for (var i = 0; i < CASES; i++) {
      var externalId = "case-" + i;
      clients.execute(() -> {
        try {
          acknowledged.add(open(externalId));
          if (opened.incrementAndGet() == KILL_AFTER) {
            application.kill();
          }
        } catch (RuntimeException e) {
          // the process died; the client does not know whether its case is there and asks again
          // later
        }
      });
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  private void openAll(Set<String> acknowledged) {
    for (var i = 0; i < CASES; i++) {
      acknowledged.add(open("case-" + i));
    }
  }

  private String open(String externalId) {
    var answer = Http.as(port, "agent").post("/api/cases", """
        {"customer": {"name": "Erika Muster", "email": "%s@customers.example.org"}, "subject": "Lost parcel",
         "description": "It never came.", "externalId": "%s"}""".formatted(externalId, externalId));
    assertThat(answer.statusCode()).isIn(200, 201);
    return JsonPath.read(answer.body(), "$.number");
  }

  /** Every tier that the case has come to, whether it stayed there or passed it. */
  private List<String> reached(String number) {
    var reached = new java.util.ArrayList<>(
        this.<String>fromLedger(number, "$.entries[?(@.what=='escalated')].toTier"));
    reached.addAll(fromLedger(number, "$.entries[?(@.what=='tier-passed')].fromTier"));
    return reached;
  }

  private List<String> whats(String number, String what) {
    return fromLedger(number, "$.entries[?(@.what=='" + what + "')].what");
  }

  private <T> List<T> fromLedger(String number, String path) {
    return JsonPath.read(
        Http.as(port, "auditor").get("/api/cases/" + number + "/ledger").body(), path);
  }

  private Map<String, List<MimeMessage>> messageIds(String address) {
    return Arrays.stream(mailServer.getReceivedMessages())
        .filter(message -> to(message).contains(address))
        .collect(groupingBy(CrashTest::messageId));
  }

  private static String to(MimeMessage message) {
    try {
      return message.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String messageId(MimeMessage message) {
    try {
      return message.getMessageID();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private void letLimitsPassInSeconds() throws IOException {
    var table = new String(
            getClass().getResourceAsStream("/processes/service-levels.dmn").readAllBytes(),
            StandardCharsets.UTF_8)
        .replaceAll("\"PT8H\"|\"PT16H\"", "\"PT4S\"")
        .replaceAll("\"PT2H\"|\"PT4H\"", "\"PT2S\"")
        .replace("\"PT20H\"", "\"PT2S\"")
        .replace("\"office\"", "\"always\"");
    var body =
        "--x\r\nContent-Disposition: form-data; name=\"s\"; filename=\"service-levels.dmn\"\r\n\r\n"
            + table + "\r\n--x--\r\n";
    var answer = Http.as(port, "owner")
        .send(
            "POST",
            "/engine-rest/deployment/create",
            body,
            Map.of("Content-Type", "multipart/form-data; boundary=x"));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void start(String database) {
    application.start(
        database,
        "--spring.mail.host=localhost",
        "--spring.mail.port=" + mailServer.getSmtp().getPort());
    application.awaitReady();
  }
}
