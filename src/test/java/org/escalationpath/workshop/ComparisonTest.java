package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.workshop.Drafts.LEVELS;
import static org.escalationpath.workshop.Drafts.PATH;
import static org.escalationpath.workshop.Drafts.TIERS;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.escalationpath.workshop.Change.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two versions in words: what an owner would tell somebody. */
class ComparisonTest {

  private static List<Change> changes(String file, Drafts after) {
    return Comparison.of(file, Drafts.shipped().get(file), after.files().get(file))
        .changes();
  }

  private static List<String> words(String file, Drafts after) {
    return changes(file, after).stream().map(Change::words).toList();
  }

  @Test
  void theSameFileHasNoChanges() {
    Drafts.shipped()
        .forEach((name, content) ->
            assertThat(Comparison.of(name, content, content).changes()).as(name).isEmpty());
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

  /** A rule that was written anew for the same is the same rule; one with another id for something else is not. */
  @Test
  void aRuleThatWasWrittenAnewIsMarkedOnBothSides() {
    var compared = compared(
        LEVELS,
        Drafts.rewritten(
                LEVELS, "\"rule_service-levels_6\"(.*?)\"PT4H\"", "\"rule_anew\"$1\"PT2H\"")
            .files()
            .get(LEVELS));

    assertThat(compared.changes())
        .extracting(Change::words)
        .containsExactly("Limit for tier, high, team-lead: 4 h → 2 h");
    assertThat(different(compared.before())).containsExactly("6 CHANGED 4 h");
    assertThat(different(compared.after())).containsExactly("6 CHANGED 2 h");
    assertThat(compared.before().sheets().get(0).lines().get(5).id()).isEqualTo("rule_anew");
  }

  @Test
  void rulesWithoutIdsAreKnownByWhatTheyApplyTo() {
    var before = Drafts.shipped(LEVELS).replaceAll("<rule id=\"[^\"]*\">", "<rule>");
    var after = before.replaceFirst(
        "(?s)(<rule>(?:(?!<rule>).)*?\"high\"(?:(?!<rule>).)*?\"team-lead\"(?:(?!<rule>).)*?)\"PT4H\"",
        "$1\"PT2H\"");

    assertThat(Comparison.of(LEVELS, utf8(before), utf8(after)).changes())
        .extracting(Change::words)
        .containsExactly("Limit for tier, high, team-lead: 4 h → 2 h");
  }

  @Test
  void twoColumnsMayAskForTheSame() {
    var before = table(
        "<input id=\"i1\" label=\"From\"><inputExpression id=\"e1\" typeRef=\"integer\"><text>amount</text></inputExpression></input>"
            + "<input id=\"i2\" label=\"To\"><inputExpression id=\"e2\" typeRef=\"integer\"><text>amount</text></inputExpression></input>",
        "<inputEntry id=\"c1\"><text>&gt;= 10</text></inputEntry><inputEntry id=\"c2\"><text>&lt; 100</text></inputEntry>");

    var comparison = Comparison.of("x.dmn", utf8(before), utf8(before.replace("10<", "50<")));

    assertThat(comparison.changes())
        .extracting(Change::words)
        .containsExactly("rule 1 applies to >= 50, < 100 now, was for >= 10, < 100");
  }

  @Test
  void aRuleWithTooFewCellsShowsItsResultUnderItsHead() {
    var sheet = Sheet.of(
            "x.dmn",
            utf8(table(
                "<input id=\"i1\" label=\"Priority\"><inputExpression id=\"e1\" typeRef=\"string\"><text>priority</text></inputExpression></input>",
                "")))
        .get(0);

    assertThat(sheet.heads()).extracting(Sheet.Head::label).containsExactly("Priority", "Answer");
    assertThat(sheet.lines().get(0).entries())
        .extracting(Sheet.Entry::text)
        .containsExactly("–", "yes");
  }

  private static String table(String inputs, String cells) {
    return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"d\" namespace=\"http://x\"><decision id=\"x\" name=\"x\"><decisionTable id=\"t\">"
        + inputs
        + "<output id=\"o\" name=\"answer\" label=\"Answer\" typeRef=\"string\"/><rule id=\"r\">"
        + cells
        + "<outputEntry id=\"a\"><text>\"yes\"</text></outputEntry></rule></decisionTable></decision></definitions>";
  }

  @Test
  void whatLooksLikeADurationAndIsNoneIsToldAsItStands() {
    assertThat(words(
            LEVELS, Drafts.rewritten(LEVELS, "(rule_service-levels_6\".*?)\"PT4H\"", "$1\"PT\"")))
        .containsExactly("Limit for tier, high, team-lead: 4 h → PT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"<no", "<definitions><decision/></definitions>", ""})
  void aFileThatCannotBeReadIsSaidToBeSoAndShownWithoutRows(String content) {
    var compared = compared(LEVELS, utf8(content));

    assertThat(compared.after().sheets()).isEmpty();
    assertThat(compared.before().sheets()).hasSize(1);
    assertThat(compared.changes())
        .extracting(Change::words)
        .containsExactly("it cannot be read, so what changes cannot be told");
  }

  @Test
  void aDecisionWithoutAnIdCannotBeRead() {
    assertThat(compared(LEVELS, utf8(table("", "").replace("decision id=\"x\"", "decision")))
            .after()
            .sheets())
        .isEmpty();
  }

  @Test
  void deepOrHugeFilesAreNotCompared() {
    var file = "forms/resolve-at-team-lead.form";
    var deep = "{\"id\":\"x\",\"components\":[{\"type\":\"text\",\"more\":" + "[".repeat(900)
        + "]".repeat(900) + "}]}";
    assertThat(compared(file, utf8(deep)).after().sheets()).isEmpty();
    assertThat(compared(file, new byte[Library.LARGEST_FILE + 1]).changes())
        .extracting(Change::words)
        .containsExactly("it cannot be read, so what changes cannot be told");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Compared compared(String file, byte[] after) {
    var before = Drafts.shipped().get(file);
    return Compared.of(
        file, Compared.Side.of("x:1", file, before), Compared.Side.of(null, file, after));
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

  @Test
  void whatReadsTheSameIsToldAsItIsWritten() {
    var file = "forms/resolve-at-team-lead.form";
    assertThat(words(file, Drafts.changed(file, "\"readonly\": true", "\"readonly\": \"true\"")))
        .containsExactly("'Hand-over brief', readonly: true → \"true\"");
  }

  @Test
  void fieldsWithoutIdsAreKnownByTheirAnswers() {
    var file = "forms/resolve-at-team-lead.form";
    var before = Drafts.shipped(file).replaceAll("\"id\": \"(field|text)_[^\"]*\",", "");
    var after = before.replace("Solution for the customer", "What we offer");
    assertThat(Comparison.of(file, utf8(before), utf8(after)).changes())
        .extracting(Change::words)
        .containsExactly("'What we offer', label: Solution for the customer → What we offer");
  }

  @Test
  void aFormWithAnotherIdIsStillCompared() {
    var compared = compared(
        "forms/resolve-at-team-lead.form",
        Drafts.changed(
                "forms/resolve-at-team-lead.form",
                "\"id\": \"resolve-at-team-lead\"",
                "\"id\": \"resolve-at-lead\"")
            .change("forms/resolve-at-team-lead.form", "Solution for the customer", "What we offer")
            .files()
            .get("forms/resolve-at-team-lead.form"));

    assertThat(different(compared.before())).containsExactly("5 CHANGED Solution for the customer");
    assertThat(different(compared.after())).containsExactly("5 CHANGED What we offer");
  }
}
