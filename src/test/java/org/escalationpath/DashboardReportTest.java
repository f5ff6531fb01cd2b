package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.aCase;
import static org.escalationpath.cases.Reason.COMPLEX_PROBLEM;

import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.escalationpath.metrics.FactKeeper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The dashboard on paper: saved, sent to somebody, and sent to some groups each week. */
class DashboardReportTest extends EngineTest {

  private static final String WEEK = "from=2026-11-23&to=2026-11-29";

  @LocalServerPort
  private int port;

  @Autowired
  private FactKeeper facts;

  @BeforeEach
  void somethingHappened() {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.escalates(number, COMPLEX_PROBLEM, null);
    desk.fastForward(Duration.ofHours(1));
    desk.resolves(number);
    desk.purgeMails();
    facts.refresh();
  }

  private static String text(byte[] pdf) throws Exception {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  @Test
  void itIsSavedAsPdfWithNumbersFindingsAndPictures() throws Exception {
    var answer = Http.signedIn(port, "lead").bytes("/metrics/pdf?" + WEEK);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
        .contains("dashboard-2026-11-29.pdf");
    assertThat(text(answer.body()))
        .contains(
            "First resolution",
            "Cases coming in, and solved",
            "Whether customers would recommend us")
        .doesNotContain("the-hash-goes-here", "??");
    try (PDDocument document = Loader.loadPDF(answer.body())) {
      var pictures = 0;
      for (var page : document.getPages()) {
        for (var name : page.getResources().getXObjectNames()) {
          pictures += page.getResources().isImageXObject(name) ? 1 : 0;
        }
      }
      assertThat(pictures).isPositive();
    }
  }

  @Test
  void itIsInTheReadersLanguageAndSaysWhatItIsNarrowedDownTo() throws Exception {
    var lead = Http.signedIn(port, "lead");
    lead.get("/metrics?lang=de");

    var pdf = lead.bytes("/metrics/pdf?" + WEEK + "&tier=team-lead").body();

    assertThat(text(pdf)).contains("Neue und gelöste Fälle", "Stufe: team-lead");
  }

  @Test
  void aVeryLongQuestionIsKeptShortInTheJournal() {
    var many = IntStream.range(0, 25)
        .mapToObj(i -> "&product=" + "x".repeat(190) + i)
        .collect(Collectors.joining());

    assertThat(Http.signedIn(port, "lead").bytes("/metrics/pdf?" + WEEK + many).statusCode())
        .isEqualTo(200);
  }

  @Test
  void whoeverIsOnTheStaffSendsItToAnother() throws Exception {
    var lead = Http.signedIn(port, "lead");

    var answer =
        lead.submit("/metrics?" + WEEK, "/metrics/mail?" + WEEK, Map.of("person", "manager"));

    assertThat(answer.statusCode()).isEqualTo(302);
    assertThat(lead.get("/metrics?" + WEEK).body()).contains("The dashboard is on its way.");
    assertThat(Http.signedIn(port, "auditor").get("/audit/journal").body())
        .contains("sent to: manager");
    var mail = mailTo("manager").orElseThrow();
    assertThat(mail.getSubject()).isEqualTo("Dashboard: 2026-11-23 to 2026-11-29");
    assertThat(text(file(mail))).contains("First resolution");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nobody", "manager@example.org", "<script>"})
  void whoHasNoAddressGetsNothing(String person) {
    var lead = Http.signedIn(port, "lead");

    var answer = lead.submit("/metrics?" + WEEK, "/metrics/mail?" + WEEK, Map.of("person", person));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).doesNotContain("<script>");
    assertThat(MAIL_SERVER.getReceivedMessages()).isEmpty();
  }

  @Test
  void onlyStaffGetsIt() {
    var stranger = Http.anonymous(port);
    assertThat(stranger.get("/metrics/pdf").body()).doesNotContain("%PDF");
    stranger.submit("/login", "/metrics/mail?" + WEEK, Map.of("person", "manager"));
    assertThat(MAIL_SERVER.getReceivedMessages()).isEmpty();
    assertThat(Http.signedIn(port, "lead").get("/metrics/pdf?from=tomorrow").statusCode())
        .isEqualTo(400);
  }

  @Test
  void aMailServerThatIsAwayIsSaidAndNothingIsOnItsWay() {
    var lead = Http.signedIn(port, "lead");
    MAIL_SERVER.stop();
    try {
      lead.submit("/metrics?" + WEEK, "/metrics/mail?" + WEEK, Map.of("person", "manager"));
    } finally {
      MAIL_SERVER.start();
    }

    assertThat(lead.get("/metrics?" + WEEK).body())
        .contains("The mail server did not take the dashboard.");
  }

  /** As on Monday morning. */
  @Test
  void eachWeekTheGroupsOfTheModelGetIt() throws Exception {
    var timer = desk.management
        .createJobQuery()
        .timers()
        .processDefinitionKey("dashboard-report")
        .singleResult();
    desk.management.activateJobById(timer.getId());
    desk.management.executeJob(timer.getId());
    desk.settle();

    assertThat(mailTo("owner")).isPresent();
    assertThat(mailTo("agent")).isEmpty();
    var mail = mailTo("manager").orElseThrow();
    assertThat(mail.getSubject()).isEqualTo("Dashboard: 2026-11-16 to 2026-11-22");
    assertThat(text(file(mail))).contains("First resolution");
    assertThat(desk.runtime
            .createProcessInstanceQuery()
            .processDefinitionKey("dashboard-report")
            .count())
        .isZero();
  }

  /** What has arrived for others stays; only the one that was refused is tried again, under the same name. */
  @Test
  void aMailThatIsRefusedIsTriedAgainAndNobodyGetsItTwice() throws Exception {
    desk.runtime.startProcessInstanceByKey("dashboard-report");
    var jobs = desk.management
        .createJobQuery()
        .processDefinitionKey("dashboard-report")
        .messages()
        .list();
    assertThat(jobs).hasSizeGreaterThanOrEqualTo(2);
    desk.management.executeJob(jobs.get(0).getId());
    var before = recipients();
    MAIL_SERVER.stop();
    try {
      assertThatThrownBy(() -> desk.management.executeJob(jobs.get(1).getId()))
          .isInstanceOf(RuntimeException.class);
    } finally {
      MAIL_SERVER.start();
    }
    desk.management.executeJob(jobs.get(1).getId());

    assertThat(before).hasSize(1);
    assertThat(recipients()).hasSize(1).doesNotContainAnyElementsOf(before);
    assertThat(desk.management
            .createJobQuery()
            .processDefinitionKey("dashboard-report")
            .messages()
            .count())
        .isEqualTo(jobs.size() - 2);
  }

  private static List<String> recipients() {
    return Arrays.stream(MAIL_SERVER.getReceivedMessages())
        .map(DashboardReportTest::recipient)
        .toList();
  }

  private static String recipient(MimeMessage mail) {
    try {
      return mail.getAllRecipients()[0].toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Optional<MimeMessage> mailTo(String person) {
    var address =
        desk.identities.createUserQuery().userId(person).singleResult().getEmail();
    return Arrays.stream(MAIL_SERVER.getReceivedMessages())
        .filter(mail -> recipient(mail).contains(address))
        .findFirst();
  }

  private static byte[] file(Part mail) throws Exception {
    var parts = (Multipart) mail.getContent();
    for (var i = 0; i < parts.getCount(); i++) {
      var part = parts.getBodyPart(i);
      if (part.getFileName() != null) {
        assertThat(part.getContentType()).startsWith("application/pdf");
        return part.getInputStream().readAllBytes();
      }
    }
    throw new AssertionError("There is no file in the mail");
  }
}
