package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.DEPARTMENT_MANAGER;
import static org.escalationpath.Desk.SENIOR_MANAGEMENT;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.camunda.bpm.engine.FormService;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.What;
import org.escalationpath.workshop.Workshop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * The ten redesigns of {@code docs/redesigns.md}, exactly as they are written there: their changes are made to the shipped files, deployed
 * through the door by a process owner, and a case runs under them.
 */
class RedesignsTest extends EngineTest {

  private static final Path GUIDE = Path.of("docs/redesigns.md");
  private static final Pattern BLOCK =
      Pattern.compile("```(change|text) (\\S+)(?: from (\\S+))?\n(.*?)\n```", Pattern.DOTALL);

  @Autowired
  private FormService forms;

  @Autowired
  private Workshop workshop;

  @AfterEach
  void sendTheSpecialistsHome() {
    if (desk.identities.createGroupQuery().groupId("specialists").count() > 0) {
      desk.identities.deleteMembership("lead", "specialists");
      desk.identities.deleteGroup("specialists");
    }
  }

  /** The files of a redesign, changed as its chapter says. */
  private static Map<String, String> files(int number) throws IOException {
    var guide = Files.readString(GUIDE);
    var from = guide.indexOf("\n## " + number + ". ");
    var to = guide.indexOf("\n## ", from + 1);
    var files = new LinkedHashMap<String, String>();
    var blocks = BLOCK.matcher(guide.substring(from, to < 0 ? guide.length() : to));
    while (blocks.find()) {
      var name = blocks.group(2);
      if (blocks.group(1).equals("text")) {
        if (!name.endsWith(".properties")) {
          files.put(name, blocks.group(4));
        }
      } else {
        var source = blocks.group(3) == null ? name : blocks.group(3);
        files.put(
            name,
            changed(
                files.containsKey(name) ? files.get(name) : Files.readString(Path.of(source)),
                blocks.group(4)));
      }
    }
    assertThat(files).as("redesign %d", number).isNotEmpty();
    return files;
  }

  private static String changed(String text, String change) {
    var at = 0;
    var rest = change;
    if (change.startsWith("in ")) {
      var end = change.indexOf('\n');
      at = text.indexOf("\"" + change.substring(3, end) + "\"");
      assertThat(at).as(change).isNotNegative();
      rest = change.substring(end + 1);
    }
    var parts = rest.split("\n=>\n");
    var place = text.indexOf(parts[0], at);
    assertThat(place).as("the guide's '%s' is in the file", parts[0]).isNotNegative();
    return text.substring(0, place) + parts[1] + text.substring(place + parts[0].length());
  }

  private void deploy(int number) throws IOException {
    var sent = new LinkedHashMap<String, byte[]>();
    files(number)
        .forEach((name, content) -> sent.put(
            Path.of(name).getFileName().toString(),
            content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    assertThat(workshop.inspect(sent).findings())
        .as("findings of redesign %d", number)
        .isEmpty();
    desk.as("owner", () -> workshop.deploy(sent, "redesign " + number));
  }

  @Test
  void one_aLimitIsShorter() throws IOException {
    deploy(1);
    var lostParcel = desk.opens(aCase().ofSeverity("high"));

    desk.escalates(lostParcel, Reason.COMPLEX_PROBLEM, null);

    assertThat(Duration.between(desk.now(), desk.deadlines(lostParcel).limitAt()))
        .isEqualTo(Duration.ofHours(2));
  }

  @Test
  void two_goldCustomersStartAtTheTeamLead() throws IOException {
    deploy(2);
    var gold = new Desk.CaseToOpen(
        "Goldie", "gold@example.org", "en", "email", "gold", "normal", null, null, null, null);

    desk.expect(desk.opens(gold)).at(TEAM_LEAD);
    desk.expect(desk.opens(aCase())).at(Desk.FRONT_LINE);
  }

  @Test
  void three_thereIsAnotherTier() throws IOException {
    var group = desk.identities.newGroup("specialists");
    desk.identities.saveGroup(group);
    desk.identities.createMembership("lead", "specialists");
    deploy(3);
    var lostParcel = desk.opens(aCase());
    desk.fastForward(desk.deadlines(lostParcel).limitAt());
    desk.expect(lostParcel).at(TEAM_LEAD);

    desk.fastForward(desk.deadlines(lostParcel).limitAt());

    desk.expect(lostParcel).at(Tier.of("specialists")).escalatedBecauseOf(Reason.TIME_SENSITIVITY);
    assertThat(desk.task(lostParcel).getName()).isEqualTo("Resolve at specialists");
    desk.fastForward(desk.deadlines(lostParcel).limitAt());
    desk.expect(lostParcel).at(DEPARTMENT_MANAGER);
  }

  @Test
  void four_theOwnerIsToldThatTheCaseIsClosed() throws IOException {
    deploy(4);
    var lostParcel = desk.opens(aCase());
    desk.resolves(lostParcel);

    desk.customer(lostParcel, () -> desk.escalation.accept(lostParcel, "customer"));

    assertThat(desk.mails("agent@localhost"))
        .anySatisfy(mail -> assertThat(mail).contains("closed: Lost parcel"));
  }

  @Test
  void five_theDebriefAsksSomethingElse() throws IOException {
    deploy(5);
    var lostParcel = desk.opens(aCase());
    desk.escalates(lostParcel, Reason.COMPLEX_PROBLEM, null);
    desk.resolves(lostParcel);
    desk.customer(lostParcel, () -> desk.escalation.accept(lostParcel, "customer"));

    try (var form =
        forms.getDeployedTaskForm(desk.task(lostParcel, "Hold debrief").getId())) {
      assertThat(new String(form.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains("What happened, and how was it for the customer?");
    }
  }

  @Test
  void six_thereAreTwoReminders() throws IOException {
    deploy(6);
    var lostParcel = desk.opens(aCase());

    desk.fastForward(desk.deadlines(lostParcel).limitAt().minusSeconds(60));

    assertThat(desk.tierReminders(lostParcel)).hasSize(2);
  }

  @Test
  void seven_customersHaveLongerToAnswer() throws IOException {
    deploy(7);
    var lostParcel = desk.opens(aCase());
    desk.as("agent", () -> desk.escalation.waitForCustomer(lostParcel));

    desk.fastForward(Duration.ofDays(13));
    desk.expect(lostParcel).inState("waiting");
    desk.fastForward(Duration.ofDays(2));
    desk.expect(lostParcel).ended();
  }

  @Test
  void eight_dissatisfiedCustomersStartHigher() throws IOException {
    deploy(8);

    desk.expect(desk.opens(aCase().because(Reason.CUSTOMER_DISSATISFACTION)))
        .at(DEPARTMENT_MANAGER);
  }

  @Test
  void nine_whoWasAskedLatelyIsNotAskedAgain() throws IOException {
    deploy(9);
    var first = closedAndWaitedFor();
    var second = closedAndWaitedFor();

    var subjects = String.join("\n", desk.mails("often-asked@example.org"));
    assertThat(subjects).contains("[" + first + "] How did it go?");
    assertThat(subjects).doesNotContain("[" + second + "] How did it go?");
  }

  private CaseNumber closedAndWaitedFor() {
    var number = desk.opens(aCase().from("often-asked@example.org"));
    desk.resolves(number);
    desk.customer(number, () -> desk.escalation.accept(number, "customer"));
    desk.fastForward(Duration.ofDays(45));
    return number;
  }

  @Test
  void ten_somebodyCallsBeforeACaseIsClosedUnresolved() throws IOException {
    deploy(10);
    var lostParcel = desk.opens(aCase());
    desk.escalates(lostParcel, Reason.COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
    desk.resolves(lostParcel);
    desk.customer(
        lostParcel,
        () -> desk.escalation.reject(lostParcel, "It does not help.", null, "customer"));

    var call = desk.task(lostParcel, "Call before closing");
    desk.as("manager", () -> {
      desk.tasks.claim(call.getId(), "manager");
      desk.tasks.complete(call.getId(), Map.of("note", "We told them."));
    });

    desk.expect(lostParcel).ended();
    assertThat(desk.entries(lostParcel, What.CLOSED_UNRESOLVED)).hasSize(1);
  }
}
