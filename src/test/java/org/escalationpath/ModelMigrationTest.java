package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.escalationpath.Desk.SENIOR_MANAGEMENT;
import static org.escalationpath.Desk.TEAM_LEAD;
import static org.escalationpath.Desk.aCase;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.camunda.bpm.engine.HistoryService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.Job;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.What;
import org.escalationpath.workshop.ModelMigrations;
import org.escalationpath.workshop.ProcedureChanges;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Running cases are moved to another version of their model, and keep their deadlines to the second. */
class ModelMigrationTest extends EngineTest {

  private static final Path PATH = Path.of("processes/escalation-path.bpmn");

  /** 1,000 with {@code -Dcases.migrated=1000}, as it is measured; fewer in every build. */
  private static final int MANY = Integer.getInteger("cases.migrated", 40);

  @Autowired
  private RepositoryService repository;

  @Autowired
  private HistoryService history;

  @Autowired
  private ModelMigrations migrations;

  @Autowired
  private ProcedureChanges changes;

  @Autowired
  private Journal journal;

  /** The shipped path with something changed, as a new version; its definition's id. */
  private String version(UnaryOperator<String> change) throws IOException {
    var before = Files.readString(PATH);
    var after = change.apply(before);
    assertThat(after).isNotEqualTo(before);
    var deployment = repository
        .createDeployment()
        .name("redrawn")
        .addString("escalation-path.bpmn", after)
        .deploy();
    return repository
        .createProcessDefinitionQuery()
        .deploymentId(deployment.getId())
        .singleResult()
        .getId();
  }

  private String shipped() {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey("escalation-path")
        .latestVersion()
        .singleResult()
        .getId();
  }

  private static UnaryOperator<String> tagged(String tag) {
    return model -> model.replace(
        "camunda:historyTimeToLive",
        "camunda:versionTag=\"" + tag + "\" camunda:historyTimeToLive");
  }

  private static String described(String model) {
    return model.replace("The last word: solve the case", "The very last word: solve the case");
  }

  private String start(String from, String to, Map<String, String> mapping, String why) {
    var ids = new ArrayList<String>();
    desk.as("owner", () -> ids.add(migrations.start(from, to, mapping, why)));
    return ids.get(0);
  }

  private void moveAll() {
    while (migrations.moveSome() > 0) {
      // until none waits
    }
  }

  private String definition(CaseNumber number) {
    return desk.runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey("escalation-path")
        .singleResult()
        .getProcessDefinitionId();
  }

  /** Each timer of each case with its date, and each task with its. */
  private Map<String, String> dates(List<CaseNumber> numbers) {
    var dates = new TreeMap<String, String>();
    for (var number : numbers) {
      var path = desk.runtime
          .createProcessInstanceQuery()
          .processInstanceBusinessKey(number.value())
          .processDefinitionKey("escalation-path")
          .singleResult()
          .getId();
      for (var job :
          desk.management.createJobQuery().processInstanceId(path).timers().list()) {
        dates.merge(
            number + " " + element(job),
            String.valueOf(job.getDuedate()),
            (one, other) -> one + "|" + other);
      }
      desk.tasks
          .createTaskQuery()
          .processInstanceId(path)
          .list()
          .forEach(task -> dates.put(
              number + " task " + task.getTaskDefinitionKey(),
              task.getDueDate() + " " + task.getAssignee()));
    }
    return dates;
  }

  private String element(Job job) {
    return desk.management
        .createJobDefinitionQuery()
        .jobDefinitionId(job.getJobDefinitionId())
        .singleResult()
        .getActivityId();
  }

  /** At all tiers, taken or not, waiting for the customer, with a solution proposed. */
  private List<CaseNumber> casesEverywhere() {
    var numbers = new ArrayList<CaseNumber>();
    for (var index = 0; index < MANY; index++) {
      var number = desk.opens(aCase());
      numbers.add(number);
      switch (index % 5) {
        case 1 -> desk.escalates(number, Reason.COMPLEX_PROBLEM, TEAM_LEAD);
        case 2 -> desk.escalates(number, Reason.COMPLEX_PROBLEM, SENIOR_MANAGEMENT);
        case 3 -> desk.as(desk.worker(number), () -> desk.escalation.waitForCustomer(number));
        case 4 -> desk.resolves(number);
        default -> {}
      }
    }
    return numbers;
  }

  @Test
  void casesEverywhereKeepEveryDeadlineToTheSecond() throws IOException {
    var before = shipped();
    var numbers = casesEverywhere();
    var dates = dates(numbers);
    var after = version(ModelMigrationTest::described);

    var preview = migrations.preview(before, after, Map.of());
    var id = start(before, after, Map.of(), "clearer words");
    moveAll();

    assertThat(preview.isWhole()).isTrue();
    assertThat(preview.instances()).isEqualTo(numbers.size());
    assertThat(dates(numbers)).isEqualTo(dates);
    assertThat(numbers).allSatisfy(number -> assertThat(definition(number)).isEqualTo(after));
    assertThat(migrations.find("escalation-path", id).orElseThrow()).satisfies(progress -> {
      assertThat(progress.moved()).isEqualTo(numbers.size());
      assertThat(progress.left()).isZero();
      assertThat(progress.finishedAt()).isNotNull();
      assertThat(progress.startedBy()).isEqualTo("owner");
    });
  }

  @Test
  void itStandsInTheLedgerTheJournalAndTheOperationLog() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    var after = version(ModelMigrationTest::described);

    start(before, after, Map.of(), "clearer words");
    moveAll();

    assertThat(desk.entries(lostParcel, What.MIGRATED)).singleElement().satisfies(entry -> {
      assertThat(entry.who()).isEqualTo("owner");
      assertThat(entry.modelVersion()).isEqualTo(after.substring(0, after.lastIndexOf(':')));
      assertThat(entry.details())
          .containsEntry("from", before.substring(0, before.lastIndexOf(':')));
    });
    assertThat(journal.latest("migration-started")).isPresent();
    assertThat(history
            .createUserOperationLogQuery()
            .operationType("Migrate")
            .userId("owner")
            .count())
        .isPositive();
    assertThat(desk.entries(lostParcel, What.ENGINE_CHANGED)).isEmpty();
  }

  @Test
  void aReminderThatHasRungIsNeitherArmedAgainNorSentTwice() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    desk.fastForward(desk.deadlines(lostParcel).reminderAt(1).plusSeconds(60));
    var mails = desk.mails("agent@localhost").size();
    var dates = dates(List.of(lostParcel));
    assertThat(mails).isPositive();
    assertThat(desk.tierReminders(lostParcel)).hasSize(1);
    assertThat(dates.keySet()).noneMatch(each -> each.contains("event_reminderFrontLine"));

    var after = version(ModelMigrationTest::described);
    start(before, after, Map.of(), "clearer words");
    moveAll();
    desk.fastForward(Duration.ofMinutes(5));

    assertThat(dates(List.of(lostParcel))).isEqualTo(dates);
    assertThat(desk.tierReminders(lostParcel)).hasSize(1);
    assertThat(desk.mails("agent@localhost")).hasSize(mails);
  }

  @Test
  void aMovedCaseGoesOnInTheNewVersionAtItsOldDeadline() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    var limit = desk.deadlines(lostParcel).limitAt();
    var after = version(ModelMigrationTest::described);
    start(before, after, Map.of(), "clearer words");
    moveAll();

    desk.fastForward(limit);

    desk.expect(lostParcel).at(TEAM_LEAD).escalatedBecauseOf(Reason.TIME_SENSITIVITY);
  }

  @Test
  void anElementUnderAnotherIdNeedsAMappingAndThenItsCasesGoThere() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    var dates = dates(List.of(lostParcel)).values();
    var after =
        version(model -> model.replace("userTask_resolveAtFrontLine", "userTask_workAtFrontLine"));

    var preview = migrations.preview(before, after, Map.of());
    assertThat(preview.isWhole()).isFalse();
    assertThat(preview.places())
        .filteredOn(place -> place.target() == null)
        .singleElement()
        .satisfies(place -> assertThat(place.name()).isEqualTo("Resolve at front line"));
    assertThatThrownBy(() -> migrations.start(before, after, Map.of(), "another id"))
        .hasMessageContaining("1 at 'Resolve at front line' (userTask_resolveAtFrontLine)");

    var mapping = Map.of("userTask_resolveAtFrontLine", "userTask_workAtFrontLine");
    assertThat(migrations.dryRun(before, after, mapping)).isPresent();
    assertThat(definition(lostParcel)).isEqualTo(before);
    start(before, after, mapping, "another id");
    moveAll();

    assertThat(definition(lostParcel)).isEqualTo(after);
    assertThat(dates(List.of(lostParcel)).values()).containsExactlyInAnyOrderElementsOf(dates);
  }

  @Test
  void aDryRunShowsTheTimersOfOneCaseAndChangesNothing() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    var dates = dates(List.of(lostParcel));
    var after = version(ModelMigrationTest::described);

    var moved = migrations.dryRun(before, after, Map.of()).orElseThrow();

    assertThat(moved.after()).isEqualTo(moved.before()).isNotEmpty();
    assertThat(definition(lostParcel)).isEqualTo(before);
    assertThat(dates(List.of(lostParcel))).isEqualTo(dates);
    assertThat(desk.entries(lostParcel, What.MIGRATED)).isEmpty();
  }

  @Test
  void casesCanBeTakenBackToTheVersionBefore() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    var dates = dates(List.of(lostParcel));
    var after = version(ModelMigrationTest::described);
    start(before, after, Map.of(), "clearer words");
    moveAll();

    start(after, before, Map.of(), "not clearer after all");
    moveAll();

    assertThat(definition(lostParcel)).isEqualTo(before);
    assertThat(dates(List.of(lostParcel))).isEqualTo(dates);
  }

  @Test
  void aCaseThatHasEndedMeanwhileIsNoTrouble() throws IOException {
    var before = shipped();
    var lostParcel = desk.opens(aCase());
    var staying = desk.opens(aCase());
    var after = version(ModelMigrationTest::described);
    var id = start(before, after, Map.of(), "clearer words");
    desk.escalation.withdraw(lostParcel, "never mind", "customer");
    moveAll();

    var progress = migrations.find("escalation-path", id).orElseThrow();
    assertThat(progress.moved()).isEqualTo(1);
    assertThat(progress.ended()).isEqualTo(1);
    assertThat(migrations.left(id)).isEmpty();
    assertThat(definition(staying)).isEqualTo(after);
  }

  @Test
  void aPatchTakesCasesAlongByItselfAMinorChangeDoesNotAndAMajorOneNever() throws IOException {
    var first = version(tagged("1.0.0"));
    var lostParcel = desk.opens(aCase());
    var minor = version(tagged("1.1.0"));
    assertThat(migrations.takePatchesAlong()).isEmpty();
    var patch = version(tagged("1.1.1"));
    assertThat(migrations.takePatchesAlong()).isEmpty();
    start(first, minor, Map.of(), "a step more");
    moveAll();

    assertThat(migrations.takePatchesAlong()).hasSize(1);
    moveAll();
    assertThat(migrations.takePatchesAlong()).isEmpty();
    assertThat(definition(lostParcel)).isEqualTo(patch);
    assertThat(desk.entries(lostParcel, What.MIGRATED))
        .extracting(entry -> entry.who())
        .containsExactly("owner", "system");

    var major = version(tagged("2.0.0"));
    assertThat(migrations.takePatchesAlong()).isEmpty();
    assertThatThrownBy(() -> migrations.start(patch, major, Map.of(), "all new"))
        .hasMessageContaining("another path (1.1.1 → 2.0.0): cases that run stay where they are");
  }

  @Test
  void aTagThatWasNotRaisedTakesNobodyAlong() throws IOException {
    version(tagged("1.2.0"));
    desk.opens(aCase());
    version(model -> described(tagged("1.2.0").apply(model)));
    assertThat(migrations.takePatchesAlong()).isEmpty();
    version(tagged("1.1.9"));
    assertThat(migrations.takePatchesAlong()).isEmpty();
  }

  @Test
  void casesThatWereTakenBackAreNotTakenAlongAgain() throws IOException {
    var first = version(tagged("1.0.0"));
    var lostParcel = desk.opens(aCase());
    var patch = version(tagged("1.0.1"));
    assertThat(migrations.takePatchesAlong()).hasSize(1);
    moveAll();
    start(patch, first, Map.of(), "not better");
    moveAll();

    assertThat(migrations.takePatchesAlong()).isEmpty();
    assertThat(definition(lostParcel)).isEqualTo(first);
  }

  /** Processes about no case have business keys of their own. */
  @Test
  void aProcessAboutNoCaseIsMoved() throws IOException {
    var files = Map.of("tiers.dmn", Files.readAllBytes(Path.of("processes/tiers.dmn")));
    desk.as("owner", () -> changes.propose("Nothing", "To be moved.", files));
    var before = desk.runtime
        .createProcessInstanceQuery()
        .processDefinitionKey("procedure-change")
        .singleResult();
    var deployment = repository
        .createDeployment()
        .name("redrawn")
        .addString(
            "procedure-change.bpmn",
            Files.readString(Path.of("processes/procedure-change.bpmn"))
                .replace("Looks once more", "Looks again"))
        .deploy();
    var after = repository
        .createProcessDefinitionQuery()
        .deploymentId(deployment.getId())
        .singleResult()
        .getId();

    var id = start(before.getProcessDefinitionId(), after, Map.of(), "clearer words");
    moveAll();

    assertThat(migrations.find("procedure-change", id).orElseThrow().moved()).isPositive();
    assertThat(migrations.left(id)).isEmpty();
  }

  @Test
  void whatCannotBeDoneIsRefusedWithTheReason() throws IOException {
    var before = shipped();
    var after = version(ModelMigrationTest::described);
    assertThatThrownBy(() -> migrations.start(before, after, Map.of(), " "))
        .hasMessageContaining("Say in at most 500 characters why");
    assertThatThrownBy(() -> migrations.start(before, after, Map.of(), "x".repeat(501)))
        .hasMessageContaining("500");
    assertThatThrownBy(() -> migrations.start(before, before, Map.of(), "why"))
        .hasMessageContaining("two versions");
    assertThatThrownBy(() -> migrations.start(before, "nothing", Map.of(), "why"))
        .hasMessageContaining("no such version");
    assertThatThrownBy(() -> migrations.start(before, after, Map.of("nowhere", "noWhere"), "why"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere");
  }
}
