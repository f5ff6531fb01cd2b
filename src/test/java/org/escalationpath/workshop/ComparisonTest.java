package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.workshop.Drafts.LEVELS;
import static org.escalationpath.workshop.Drafts.PATH;
import static org.escalationpath.workshop.Drafts.TIERS;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.escalationpath.workshop.Change.Kind;
import org.junit.jupiter.api.Test;

/** Two versions in words: what an owner would tell somebody. */
class ComparisonTest {

  private static List<Change> changes(String file, Drafts after) {
    return Comparison.of(file, Drafts.shipped().get(file), after.files().get(file));
  }

  private static List<String> words(String file, Drafts after) {
    return changes(file, after).stream().map(Change::words).toList();
  }

  @Test
  void theSameFileHasNoChanges() {
    Drafts.shipped()
        .forEach((name, content) ->
            assertThat(Comparison.of(name, content, content)).as(name).isEmpty());
  }

  @Test
  void aLimitIsToldWithItsCaseInHours() {
    assertThat(words(
            LEVELS, Drafts.rewritten(LEVELS, "(rule_service-levels_6\".*?)\"PT4H\"", "$1\"PT2H\"")))
        .containsExactly("Limit for tier, high, team-lead: 4 h → 2 h");
  }

  @Test
  void rulesThatAreNewGoneOrElsewhereAreTold() {
    assertThat(
            words(
                TIERS,
                Drafts.rewritten(
                    TIERS,
                    "(<rule id=\"rule_tiers_2\">.*?</rule>)",
                    "$1<rule id=\"rule_new\"><outputEntry id=\"n1\"><text>\"specialists\"</text></outputEntry><outputEntry id=\"n2\"><text>\"specialists\"</text></outputEntry></rule>")))
        .containsExactly("new rule 3 for all else: Tier (group) specialists, Name specialists");
    assertThat(words(TIERS, Drafts.rewritten(TIERS, "<rule id=\"rule_tiers_2\">.*?</rule>", "")))
        .containsExactly("the rule for all else is gone (Tier (group) team-lead, Name team lead)");
    assertThat(changes(
            TIERS,
            Drafts.rewritten(
                TIERS,
                "(<rule id=\"rule_tiers_2\">.*?</rule>)\\s*(<rule id=\"rule_tiers_3\">.*?</rule>)",
                "$2$1")))
        .extracting(Change::kind)
        .containsExactly(Kind.MOVED);
  }

  @Test
  void aNewStepIsToldWithWhereItStands() {
    var changes = changes(
        PATH,
        Drafts.changed(
            PATH,
            "targetRef=\"serviceTask_startSurvey\" />",
            "targetRef=\"serviceTask_notifyStaff_ended\" />"
                + "<bpmn:serviceTask id=\"serviceTask_notifyStaff_ended\" name=\"Inform account manager\" camunda:delegateExpression=\"${notifyStaff}\"/>"
                + "<bpmn:sequenceFlow id=\"flow_informed\" sourceRef=\"serviceTask_notifyStaff_ended\" targetRef=\"serviceTask_startSurvey\" />"));

    assertThat(changes)
        .extracting(Change::words)
        .containsExactlyInAnyOrder(
            "new step 'Inform account manager' after 'Notify customer'",
            "from 'Notify customer' the way leads to 'Inform account manager' now, was to 'Start survey'");
    assertThat(changes)
        .filteredOn(each -> each.kind() == Kind.ADDED)
        .extracting(Change::element)
        .containsExactly("serviceTask_notifyStaff_ended");
  }

  @Test
  void settingsAreToldWithWhatTheyWere() {
    assertThat(words(
            PATH,
            Drafts.changed(
                PATH, "candidateGroups=\"team-lead\"", "candidateGroups=\"specialists\"")))
        .containsExactly("'Resolve at team lead', group: team-lead → specialists");
    assertThat(
            words(PATH, Drafts.changed(PATH, "${outcome == 'resolve'}", "${outcome == 'solve'}")))
        .containsExactly(
            "'Outcome? resolve', condition: ${outcome == 'resolve'} → ${outcome == 'solve'}");
    assertThat(words(PATH, Drafts.changed(PATH, ">solution-proposed<", ">solution-found<")))
        .containsExactly("'Notify customer', input template: solution-proposed → solution-found");
    assertThat(words(PATH, Drafts.changed(PATH, "${nextAlarmAt}", "${promiseReminderAt}")))
        .containsExactly("'Next alarm due', date: ${nextAlarmAt} → ${promiseReminderAt}");
  }

  @Test
  void whatIsOnlyDrawnElsewhereIsMoved() {
    var at = Drafts.shipped(PATH).indexOf("bpmnElement=\"userTask_resolveAtTeamLead\"");
    var bounds =
        Drafts.shipped(PATH).substring(at).replaceFirst("(?s).*?(<dc:Bounds[^>]*>).*", "$1");

    var changes =
        changes(PATH, Drafts.changed(PATH, bounds, bounds.replaceFirst(" x=\"\\d+", " x=\"1")));

    assertThat(changes)
        .contains(new Change(
            Kind.MOVED, "userTask_resolveAtTeamLead", "'Resolve at team lead' is drawn elsewhere"));
    assertThat(changes).extracting(Change::kind).containsOnly(Kind.MOVED);
  }

  @Test
  void aNewColumnThatLetsAllThroughChangesNoRule() {
    var wider = new String(Drafts.shipped().get(LEVELS), StandardCharsets.UTF_8)
        .replaceFirst(
            "(<output id)",
            "<input id=\"input_region\" label=\"Region\"><inputExpression id=\"e\" typeRef=\"string\"><text>region</text></inputExpression></input>$1")
        .replaceAll(
            "(<rule id=\"([^\"]+)\">.*?)(<outputEntry)".replace(".*?", "(?s:.*?)"),
            "$1<inputEntry id=\"$2_region\"><text></text></inputEntry>$3");

    assertThat(words(LEVELS, Drafts.file(LEVELS, wider))).containsExactly("new input 'Region'");
    assertThat(words(
            LEVELS,
            Drafts.file(
                LEVELS,
                wider.replace(
                    "<inputEntry id=\"rule_service-levels_6_region\"><text></text>",
                    "<inputEntry id=\"rule_service-levels_6_region\"><text>\"north\"</text>"))))
        .containsExactly(
            "new input 'Region'",
            "rule 6 applies to tier, high, team-lead, north now, was for tier, high, team-lead");
  }

  @Test
  void whatIsSetForAWholeTableIsTold() {
    assertThat(words(LEVELS, Drafts.changed(LEVELS, "hitPolicy=\"FIRST\"", "hitPolicy=\"UNIQUE\"")))
        .containsExactly("hit policy: FIRST → UNIQUE");
  }

  @Test
  void bothSidesAreMarkedWhereTheyDiffer() {
    var after = Drafts.rewritten(LEVELS, "(rule_service-levels_6\".*?)\"PT4H\"", "$1\"PT2H\"")
        .files()
        .get(LEVELS);
    var compared = compared(LEVELS, after);

    assertThat(different(compared.before())).containsExactly("6 CHANGED 4 h");
    assertThat(different(compared.after())).containsExactly("6 CHANGED 2 h");
    assertThat(compared.after().sheets().get(0).lines())
        .filteredOn(line -> line.kind() == null)
        .hasSizeGreaterThan(30);
    assertThat(compared(LEVELS, Drafts.shipped().get(LEVELS)).changes()).isEmpty();
  }

  @Test
  void whatIsNewOrGoneIsMarkedOnItsSideOnly() {
    var gone = compared(
        TIERS,
        Drafts.rewritten(TIERS, "<rule id=\"rule_tiers_2\">.*?</rule>", "")
            .files()
            .get(TIERS));

    assertThat(gone.before().sheets().get(0).lines())
        .filteredOn(line -> line.kind() != null)
        .extracting(line -> line.number() + " " + line.kind())
        .containsExactly("2 REMOVED");
    assertThat(gone.after().sheets().get(0).lines()).allMatch(line -> line.kind() == null);
  }

  @Test
  void aFileThatCannotBeReadIsShownWithoutRows() {
    assertThat(Compared.Side.of(null, LEVELS, "<no".getBytes(StandardCharsets.UTF_8))
            .sheets())
        .isEmpty();
  }

  private static Compared compared(String file, byte[] after) {
    var before = Drafts.shipped().get(file);
    return Compared.of(
        file,
        Compared.Side.of("x:1", file, before),
        Compared.Side.of(null, file, after),
        Comparison.of(file, before, after));
  }

  private static List<String> different(Compared.Side side) {
    return side.sheets().stream()
        .flatMap(sheet -> sheet.lines().stream())
        .flatMap(line -> line.entries().stream()
            .filter(Sheet.Entry::isDifferent)
            .map(entry -> line.number() + " " + line.kind() + " " + entry.text()))
        .toList();
  }

  @Test
  void fieldsOfFormsAreTold() {
    var file = "forms/resolve-at-team-lead.form";
    assertThat(words(
            file,
            Drafts.changed(
                file, "\"label\": \"Solution for the customer\"", "\"label\": \"What we offer\"")))
        .containsExactly("'What we offer', label: Solution for the customer → What we offer");
    assertThat(words(
            file,
            Drafts.rewritten(
                file, "\\{\\s*\"type\": \"textarea\",\\s*\"id\": \"field_brief\"(.*?)\\},", "")))
        .containsExactly("the textarea 'Hand-over brief' is gone");
    assertThat(changes(
            file,
            Drafts.rewritten(
                file,
                "(\\{\\s*\"type\": \"textarea\",\\s*\"id\": \"field_brief\".*?\\},)(.*?\\},)",
                "$2$1")))
        .extracting(Change::kind)
        .containsExactly(Kind.MOVED);
  }
}
