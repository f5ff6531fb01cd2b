package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.What.MESSAGE_SENT;

import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people are told, in their language, and what happens when the mail server is gone. */
class NotificationTest extends EngineTest {

  @AfterEach
  void startTheMailServerAgain() {
    if (!MAIL_SERVER.isRunning()) {
      startMailServer();
    }
  }

  @Test
  void aGermanCustomerIsToldInGerman() {
    desk.opens(aCase().from("erika@example.org").speaking("de"));

    assertThat(desk.mails("erika@example.org"))
        .singleElement()
        .asString()
        .contains("Ihr Fall ist bei uns eingegangen", "Guten Tag Erika Muster,");
  }

  @Test
  void aLanguageWithoutTextsGetsEnglish() {
    desk.opens(aCase().from("marie@example.org").speaking("fr"));

    assertThat(desk.mails("marie@example.org"))
        .singleElement()
        .asString()
        .contains("We have received your case");
  }

  @Test
  void whatPeopleWriteIsTextInMailsAndNeverMarkup() throws Exception {
    desk.opens(aCase()
        .from("mallory@example.org")
        .named("<script>alert(1)</script> {5} ${7*7} [[${7*7}]]"));

    var message = Arrays.stream(MAIL_SERVER.getReceivedMessages())
        .filter(each -> isTo(each, "mallory@example.org"))
        .findFirst()
        .orElseThrow();
    var html = com.icegreen.greenmail.util.GreenMailUtil.getBody(message);
    assertThat(html)
        .contains("&lt;script&gt;")
        .contains("[[${7*7}]]")
        .doesNotContain("<p>Hello <script>")
        .doesNotContain("49,");
  }

  @Test
  void whileTheMailServerIsDownCasesGoOnClimbingAndTheMessagesAreDeliveredOnceWhenItReturns()
      throws Exception {
    MAIL_SERVER.stop();
    var lostParcel = desk.opens(aCase().from("patient@example.org"));
    desk.fastForward(desk.deadlines(lostParcel).limitAt());
    desk.expect(lostParcel).at(TEAM_LEAD).withoutLedger(MESSAGE_SENT);

    startMailServer();
    desk.fastForward(Duration.ofMinutes(10));

    assertThat(desk.mails("patient@example.org"))
        .hasSize(1)
        .allSatisfy(mail ->
            assertThat(mail).containsAnyOf("now with our team lead", "We have received your case"));
    assertThat(desk.entries(lostParcel, MESSAGE_SENT)).hasSize(1);
  }

  @Test
  void afterTheLastTryAPersonIsAskedToPhoneTheCustomer() throws Exception {
    MAIL_SERVER.stop();
    var unreachable = desk.opens(aCase());

    desk.fastForward(Duration.ofHours(25));
    startMailServer();

    var call = desk.task(unreachable, "Reach customer by phone");
    assertThat(desk.tasks.getVariable(call.getId(), "brief").toString())
        .contains("+49 30 1234", "thank you for telling us about");
    desk.as(
        "agent",
        () ->
            desk.tasks.complete(call.getId(), Map.of("outcome", "reached", "note", "She knows.")));
    assertThat(desk.entries(unreachable, MESSAGE_SENT)).anySatisfy(entry -> {
      assertThat(entry.who()).isEqualTo("agent");
      assertThat(entry.details()).containsEntry("channel", "phone");
    });
  }

  @Test
  void aCustomerWhoPrefersThePhoneIsPhonedAtOnce() {
    var caller = desk.opens(aCase().preferring("phone"));

    assertThat(desk.task(caller, "Reach customer by phone")).isNotNull();
    assertThat(desk.mailsToCustomer(caller)).isEmpty();
  }

  @Test
  void aRetryRepeatsTheMessageId() throws Exception {
    desk.opens(aCase().from("once@example.org"));

    var message = Arrays.stream(MAIL_SERVER.getReceivedMessages())
        .filter(each -> isTo(each, "once@example.org"))
        .findFirst()
        .orElseThrow();
    assertThat(message.getMessageID()).matches("<[0-9a-f-]{36}@example\\.org>");
    assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
  }

  private static boolean isTo(jakarta.mail.Message message, String address) {
    try {
      return message.getAllRecipients()[0].toString().contains(address);
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** On the same port, as a server that comes back does. */
  private static void startMailServer() {
    MAIL_SERVER.start();
    assertThat(MAIL_SERVER.getSmtp().getProtocol()).isEqualTo(ServerSetup.PROTOCOL_SMTP);
  }
}
