package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.escalationpath.workshop.Drafts.LEVELS;
import static org.escalationpath.workshop.Drafts.PATH;
import static org.escalationpath.workshop.Drafts.TIERS;
import static org.escalationpath.workshop.Drafts.TRIAGE;
import static org.escalationpath.workshop.Drafts.changed;
import static org.escalationpath.workshop.Drafts.file;
import static org.escalationpath.workshop.Drafts.process;
import static org.escalationpath.workshop.Drafts.rewritten;
import static org.escalationpath.workshop.Drafts.table;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule has a model that breaks it, and says so with the element, in words. */
class RulesTest {

  private static final Path OF_OTHERS = Path.of("../shared/data/bpmn");

  private static final String END = "<endEvent id=\"endEvent_z\" name=\"Done\"/>";
  private static final String TEAM_LEADS_LIMIT =
      "(<bpmn:boundaryEvent id=\"event_limitTeamLead\".*?)<bpmn:timeDate([^>]*)>\\$\\{tierLimitAt}</bpmn:timeDate>";

  /** What is broken, and the element that is named; null where it is the whole file. */
  private record Example(Drafts drafts, String element) {}

  private static final Map<Rule, Example> EXAMPLES = new EnumMap<>(Rule.class);

  private static void breaks(Rule rule, String element, Drafts drafts) {
    EXAMPLES.put(rule, new Example(drafts, element));
  }

  private static String flow(String id, String from, String to) {
    return "<sequenceFlow id=\"%s\" sourceRef=\"%s\" targetRef=\"%s\"/>".formatted(id, from, to);
  }

  private static String line(String... nodes) {
    var flows = new StringBuilder();
    for (var index = 0; index < nodes.length - 1; index++) {
      flows.append(flow("g" + index, nodes[index], nodes[index + 1]));
    }
    return flows.toString();
  }

  private static final String PLAIN_START = "<startEvent id=\"startEvent_a\" name=\"Begun\"/>";

  private static String task(String attributes) {
    return "<userTask id=\"userTask_b\" name=\"Do it\" camunda:candidateGroups=\"front-line\" %s/>"
        .formatted(attributes);
  }

  /** Start, then {@code middle} with the id {@code b}, then the end. */
  private static Drafts between(String middle, String id) {
    return process(PLAIN_START + middle + END + line("startEvent_a", id, "endEvent_z"));
  }

  static {
    breaks(Rule.UNREADABLE, null, file("trial.bpmn", "<definitions"));
    breaks(Rule.TOO_LARGE_A_FILE, null, file("trial.bpmn", "x".repeat(Library.LARGEST_FILE + 1)));
    breaks(Rule.UNKNOWN_FILE, null, file("shell.js", "alert(1)"));
    breaks(
        Rule.ENGINE_REFUSES,
        "startEvent_another",
        rewritten(
            PATH,
            "(id=\"startEvent_caseOpened\".*?</bpmn:startEvent>)",
            "$1<bpmn:startEvent id=\"startEvent_another\" name=\"Another\"><bpmn:outgoing>flow_another</bpmn:outgoing></bpmn:startEvent>"
                + "<bpmn:sequenceFlow id=\"flow_another\" sourceRef=\"startEvent_another\" targetRef=\"serviceTask_registerCase\"/>"));
    breaks(
        Rule.UNSUPPORTED_ELEMENT,
        "gateway_b",
        between("<complexGateway id=\"gateway_b\" name=\"As it comes\"/>", "gateway_b"));
    breaks(Rule.NOT_EXECUTABLE, null, changed(PATH, " isExecutable=\"true\"", ""));
    breaks(
        Rule.SEVERAL_PROCESSES,
        null,
        file(
            "trial.bpmn",
            Drafts.bpmn("trial", PLAIN_START)
                .replace(
                    "<message",
                    "<process id=\"other\" isExecutable=\"true\" camunda:historyTimeToLive=\"P1D\"><startEvent id=\"s2\"/></process><message")));
    breaks(Rule.FILE_NAME, null, file("another.bpmn", Drafts.bpmn("trial", PLAIN_START)));
    breaks(Rule.NO_TIME_TO_LIVE, null, changed(PATH, " camunda:historyTimeToLive=\"P3650D\"", ""));
    breaks(
        Rule.UNKNOWN_STEP,
        "serviceTask_b",
        between(
            "<serviceTask id=\"serviceTask_b\" name=\"Call\" camunda:delegateExpression=\"${callEverybody}\"/>",
            "serviceTask_b"));
    breaks(
        Rule.UNKNOWN_TOPIC,
        "serviceTask_b",
        between(
            "<serviceTask id=\"serviceTask_b\" name=\"Call\" camunda:type=\"external\" camunda:topic=\"sms\"/>",
            "serviceTask_b"));
    breaks(
        Rule.NO_IMPLEMENTATION,
        "serviceTask_b",
        between("<serviceTask id=\"serviceTask_b\" name=\"Call\"/>", "serviceTask_b"));
    breaks(
        Rule.UNKNOWN_FORM,
        "userTask_resolveAtTeamLead",
        changed(PATH, "formRef=\"resolve-at-team-lead\"", "formRef=\"resolve-at-team-leed\""));
    breaks(
        Rule.UNKNOWN_GROUP,
        "userTask_resolveAtTeamLead",
        changed(PATH, "candidateGroups=\"team-lead\"", "candidateGroups=\"team-leads\""));
    breaks(
        Rule.NOBODY_TO_DO_IT,
        "userTask_b",
        between("<userTask id=\"userTask_b\" name=\"Do it\"/>", "userTask_b"));
    breaks(
        Rule.UNKNOWN_TEMPLATE,
        "serviceTask_notifyCustomer_solution",
        changed(PATH, ">solution-proposed<", ">solution-found<"));
    breaks(
        Rule.UNKNOWN_DECISION,
        "businessRuleTask_triage",
        changed(PATH, "decisionRef=\"triage\"", "decisionRef=\"triaje\""));
    breaks(
        Rule.UNKNOWN_RESULT,
        "businessRuleTask_triage",
        changed(PATH, "getSingleResult().category", "getSingleResult().theme"));
    breaks(
        Rule.UNKNOWN_PROCESS,
        "callActivity_b",
        between(
            "<callActivity id=\"callActivity_b\" name=\"Ask them\" calledElement=\"ask-them\"/>",
            "callActivity_b"));
    breaks(
        Rule.UNKNOWN_MESSAGE,
        "event_solutionAccepted",
        changed(PATH, "name=\"solutionAccepted\"", "name=\"solutionWelcomed\""));
    breaks(
        Rule.NOT_BOUND_TO_LATEST,
        "businessRuleTask_triage",
        changed(
            PATH,
            "camunda:decisionRefBinding=\"latest\"",
            "camunda:decisionRefBinding=\"deployment\""));
    breaks(
        Rule.ASYNC_WITHOUT_RETRY,
        "serviceTask_startSurvey",
        changed(
            PATH,
            "id=\"serviceTask_startSurvey\"",
            "id=\"serviceTask_startSurvey\" camunda:asyncBefore=\"true\""));
    breaks(Rule.UNREADABLE_TIMER, "event_nextAlarmDue", changed(PATH, "${nextAlarmAt}", "4 hours"));
    breaks(
        Rule.TOO_FREQUENT,
        "event_b",
        process(PLAIN_START + task("")
            + "<boundaryEvent id=\"event_b\" name=\"Often\" attachedToRef=\"userTask_b\" cancelActivity=\"false\"><timerEventDefinition><timeCycle>R/PT1S</timeCycle></timerEventDefinition></boundaryEvent>"
            + END + line("startEvent_a", "userTask_b", "endEvent_z")));
    breaks(
        Rule.TOO_FREQUENT,
        "startEvent_reviewDue",
        changed("processes/effectiveness-review.bpmn", "0 0 7 1 * ?", "* 0 7 1 * ?"));
    breaks(
        Rule.UNREADABLE_TIMER,
        "event_nextAlarmDue",
        changed(PATH, "${nextAlarmAt}", "0 0 7 1 * ?"));
    breaks(
        Rule.UNREADABLE_TIMER,
        "startEvent_reviewDue",
        changed("processes/effectiveness-review.bpmn", "0 0 7 1 * ?", "0 0 7 32 * ?"));
    breaks(
        Rule.TOO_MANY,
        "userTask_b",
        between(
            "<userTask id=\"userTask_b\" name=\"Do it\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics><loopCardinality>100000</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
            "userTask_b"));
    breaks(
        Rule.GENERATED_ID,
        "Activity_0x1y2z3",
        changed(PATH, "userTask_resolveAtTeamLead", "Activity_0x1y2z3"));
    breaks(
        Rule.VANISHED_ID,
        "userTask_resolveAtTeamLead",
        changed(PATH, "userTask_resolveAtTeamLead", "userTask_resolveAtTheLead"));
    breaks(
        Rule.UNNAMED_TASK,
        "userTask_resolveAtTeamLead",
        changed(PATH, " name=\"Resolve at team lead\"", ""));
    breaks(Rule.UNNAMED, "gateway_outcome", changed(PATH, " name=\"Outcome?\"", ""));
    breaks(Rule.VARIABLE_NEVER_SET, "flow_rang", changed(PATH, "${rang}", "${hasRung}"));
    breaks(
        Rule.INPUT_MISSING,
        "serviceTask_notifyCustomer_solution",
        changed(
            PATH,
            "<camunda:inputParameter name=\"template\">solution-proposed</camunda:inputParameter>",
            ""));
    breaks(
        Rule.NO_SUCH_CHOICE,
        "serviceTask_notifyStaff_promise",
        changed(
            PATH,
            "<camunda:inputParameter name=\"recipients\">owner<",
            "<camunda:inputParameter name=\"recipients\">everybody<"));
    breaks(
        Rule.GATEWAY_WITHOUT_DEFAULT,
        "gateway_tierAbove",
        changed(PATH, " default=\"flow_noTierAbove\"", ""));
    breaks(
        Rule.FLOW_WITHOUT_CONDITION,
        "gateway_tierAbove",
        changed(
            PATH,
            "<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">${tierAbove}</bpmn:conditionExpression>",
            ""));
    breaks(
        Rule.IMPLICIT_END,
        "userTask_b",
        process(PLAIN_START + task("") + line("startEvent_a", "userTask_b")));
    breaks(
        Rule.IMPLICIT_SPLIT,
        "userTask_b",
        process(PLAIN_START + task("") + END + "<endEvent id=\"endEvent_y\" name=\"y\"/>"
            + line("startEvent_a", "userTask_b", "endEvent_z")
            + flow("f9", "userTask_b", "endEvent_y")));
    breaks(
        Rule.DUPLICATE_FLOW,
        "userTask_b",
        process(PLAIN_START
            + task("")
            + END
            + line("startEvent_a", "userTask_b", "endEvent_z")
            + flow("f9", "userTask_b", "endEvent_z")));
    breaks(
        Rule.LINK_WITHOUT_TARGET,
        "event_b",
        process(PLAIN_START
            + "<intermediateThrowEvent id=\"event_b\" name=\"b\"><linkEventDefinition name=\"nowhere\"/></intermediateThrowEvent>"
            + line("startEvent_a", "event_b")));
    breaks(
        Rule.SEVERAL_DEFINITIONS,
        "event_b",
        between(
            "<intermediateCatchEvent id=\"event_b\" name=\"b\"><timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition><messageEventDefinition messageRef=\"m\"/></intermediateCatchEvent>",
            "event_b"));
    breaks(
        Rule.UNREADABLE_RETRIES,
        "serviceTask_b",
        between(
            "<serviceTask id=\"serviceTask_b\" name=\"Acknowledge case\" camunda:delegateExpression=\"${acknowledgeCase}\" camunda:asyncBefore=\"true\"><extensionElements><camunda:failedJobRetryTimeCycle>R999999/PT0S</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>",
            "serviceTask_b"));
    breaks(
        Rule.NEVER_WAITS,
        "gateway_g",
        process(
            PLAIN_START
                + "<serviceTask id=\"serviceTask_b\" name=\"Acknowledge case\" camunda:delegateExpression=\"${acknowledgeCase}\"/><exclusiveGateway id=\"gateway_g\" name=\"Again?\" default=\"g1\"/>"
                + END + line("startEvent_a", "serviceTask_b", "gateway_g", "endEvent_z")
                + "<sequenceFlow id=\"f9\" name=\"yes\" sourceRef=\"gateway_g\" targetRef=\"serviceTask_b\"><conditionExpression>${loopCounter == 1}</conditionExpression></sequenceFlow>"));
    breaks(
        Rule.TOO_LARGE_A_TABLE,
        "trial",
        table(
            "FIRST",
            "size",
            java.util.stream.IntStream.range(0, 501)
                .mapToObj(each -> each + " | 1")
                .toArray(String[]::new)));
    breaks(
        Rule.CAUGHT_NOWHERE,
        "endEvent_customerSilent",
        changed(
                PATH,
                "id=\"escalationDefinition_customerSilentCaught\" escalationRef=\"escalation_customerSilent\"",
                "id=\"escalationDefinition_customerSilentCaught\" escalationRef=\"escalation_other\"")
            .change(
                PATH,
                "<bpmn:escalation id=\"escalation_customerSilent\"",
                "<bpmn:escalation id=\"escalation_other\" name=\"Other\" escalationCode=\"other\" /><bpmn:escalation id=\"escalation_customerSilent\""));
    breaks(Rule.NOT_DRAWN, "startEvent_a", process(PLAIN_START));

    breaks(Rule.NO_HUB, null, changed(PATH, "${handOver}", "${recordTriage}"));
    breaks(Rule.TIER_WITHOUT_TASK, null, changed(TIERS, "\"senior-management\"", "\"the-board\""));
    breaks(
        Rule.WRONG_TURN,
        "userTask_resolveAtTeamLead",
        changed(PATH, "${tier == 'team-lead'}", "${tier == 'nobody'}"));
    breaks(
        Rule.TIER_WITHOUT_REMINDER,
        "userTask_resolveAtTeamLead",
        rewritten(
            PATH,
            "(<bpmn:boundaryEvent id=\"event_reminderTeamLead\".*?)\\$\\{tierReminderAt}",
            "$1\\${promiseReminderAt}"));
    breaks(
        Rule.TIER_WITHOUT_LIMIT,
        "userTask_resolveAtTeamLead",
        rewritten(
            PATH, TEAM_LEADS_LIMIT, "$1<bpmn:timeDate$2>\\${promiseLimitAt}</bpmn:timeDate>"));
    breaks(
        Rule.LITERAL_LIMIT,
        "event_limitTeamLead",
        rewritten(PATH, TEAM_LEADS_LIMIT, "$1<bpmn:timeDuration$2>PT4H</bpmn:timeDuration>"));
    breaks(
        Rule.TIER_WITHOUT_WAY_UP,
        "event_limitTeamLead",
        changed(
            PATH,
            "sourceRef=\"event_notedTeamLead\" targetRef=\"gateway_outcome\"",
            "sourceRef=\"event_notedTeamLead\" targetRef=\"endEvent_solutionFound\""));
    breaks(
        Rule.LAST_TIER_WITHOUT_ALARM,
        "userTask_resolveAtSeniorManagement",
        changed(
            PATH,
            "sourceRef=\"event_limitSeniorManagement\" targetRef=\"serviceTask_raiseAlarm\"",
            "sourceRef=\"event_limitSeniorManagement\" targetRef=\"endEvent_alarmsOver\""));
    breaks(
        Rule.LIMIT_COMES_BACK,
        "userTask_resolveAtFrontLine",
        changed(
            PATH,
            "sourceRef=\"event_notedTeamLead\" targetRef=\"gateway_outcome\"",
            "sourceRef=\"event_notedTeamLead\" targetRef=\"userTask_resolveAtFrontLine\""));
    breaks(
        Rule.TIER_WITHOUT_RESOLUTION,
        "userTask_resolveAtTeamLead",
        changed(PATH, "${outcome == 'resolve'}", "${outcome == 'resolved'}"));
    breaks(
        Rule.CUSTOMER_NOT_TOLD,
        "userTask_resolveAtTeamLead",
        changed(
            PATH,
            "targetRef=\"serviceTask_notifyCustomer_handOver\"",
            "targetRef=\"gateway_whoseTurn\""));
    breaks(
        Rule.REASON_NOT_SET,
        "event_limitTeamLead",
        rewritten(
            PATH,
            "(id=\"event_notedTeamLead\".*?)<camunda:outputParameter name=\"reason\">time-sensitivity</camunda:outputParameter>",
            "$1"));
    breaks(
        Rule.REJECTION_LEADS_NOWHERE,
        null,
        changed(
            PATH,
            "messageRef=\"message_solutionRejected\"",
            "messageRef=\"message_solutionAccepted\""));
    breaks(Rule.NO_SURVEY, null, changed(PATH, "${startSurvey}", "${startDebrief}"));
    breaks(Rule.NO_DEBRIEF, null, changed(PATH, "${startDebrief}", "${startSurvey}"));
    breaks(
        Rule.TIER_WITHOUT_BRIEF,
        "userTask_resolveAtTeamLead",
        rewritten(
            PATH,
            "(id=\"userTask_resolveAtTeamLead\".*?)<camunda:taskListener delegateExpression=\"\\$\\{writeBrief}\" event=\"create\" />",
            "$1"));
    breaks(
        Rule.TIER_WITHOUT_DUE_DATE,
        "userTask_resolveAtTeamLead",
        rewritten(
            PATH,
            "(id=\"userTask_resolveAtTeamLead\"[^>]*?) camunda:dueDate=\"\\$\\{tierLimitAt}\"",
            "$1"));

    breaks(
        Rule.DEAD_ELEMENT,
        "serviceTask_startSurvey",
        changed(
            PATH,
            "targetRef=\"serviceTask_startSurvey\"",
            "targetRef=\"serviceTask_startDebrief\""));
    breaks(
        Rule.CANNOT_END,
        "gateway_join",
        process(PLAIN_START
            + "<exclusiveGateway id=\"gateway_part\" name=\"Which?\" default=\"f2\"/>" + task("")
            + "<manualTask id=\"task_c\" name=\"Or this\"/>"
            + "<parallelGateway id=\"gateway_join\" name=\"Together\"/>" + END
            + flow("f1", "startEvent_a", "gateway_part") + flow("f2", "gateway_part", "userTask_b")
            + "<sequenceFlow id=\"f3\" name=\"other\" sourceRef=\"gateway_part\" targetRef=\"task_c\"><conditionExpression xsi:type=\"tFormalExpression\">${loopCounter == 1}</conditionExpression></sequenceFlow>"
            + flow("f4", "userTask_b", "gateway_join") + flow("f5", "task_c", "gateway_join")
            + flow("f6", "gateway_join", "endEvent_z")));
    breaks(
        Rule.WAITS_FOREVER,
        "event_b",
        between(
            "<intermediateCatchEvent id=\"event_b\" name=\"They wrote\"><messageEventDefinition messageRef=\"m\"/></intermediateCatchEvent>",
            "event_b"));
    breaks(
        Rule.TWICE_AT_ONCE,
        "userTask_b",
        process(PLAIN_START + "<parallelGateway id=\"gateway_part\" name=\"Both\"/>" + task("")
            + END + flow("f1", "startEvent_a", "gateway_part")
            + flow("f2", "gateway_part", "userTask_b") + flow("f3", "gateway_part", "userTask_b")
            + flow("f4", "userTask_b", "endEvent_z")));
    breaks(Rule.TOO_MANY_STATES, null, process(wide(12)));

    breaks(
        Rule.FOREIGN_CODE,
        "serviceTask_b",
        between(
            "<serviceTask id=\"serviceTask_b\" name=\"Run\" camunda:class=\"org.example.Evil\"/>",
            "serviceTask_b"));
    breaks(
        Rule.FOREIGN_PAGE,
        "userTask_b",
        between(task("camunda:formKey=\"embedded:app:forms/page.html\""), "userTask_b"));
    breaks(
        Rule.FORBIDDEN_EXPRESSION,
        "userTask_b",
        between(task("camunda:dueDate=\"${''.getClass()}\""), "userTask_b"));
    breaks(Rule.UNKNOWN_SETTING, "userTask_b", between(task("camunda:magic=\"on\""), "userTask_b"));

    breaks(
        Rule.DECISION_GAP,
        "trial",
        table("FIRST", "size,color", "< 10 | \"red\" | 1", ">= 10 | | 2"));
    breaks(
        Rule.DECISION_OVERLAP, "trial", table("UNIQUE", "size", "< 10 | 1", "> 5 | 2", "10 | 3"));
    breaks(Rule.RULE_NEVER_APPLIES, "trial", table("FIRST", "size", " | 1", "> 5 | 2"));
    breaks(Rule.UNREADABLE_CELL, "trial", table("FIRST", "size", "< < 10 | 1", " | 2"));
    breaks(Rule.CELL_NOT_COMPUTED, "trial", table("FIRST", "size", "? > other | 1", " | 2"));
    breaks(
        Rule.FOREIGN_LANGUAGE,
        "trial",
        file(
            "trial.dmn",
            Drafts.dmn("trial", "FIRST", "size", "1 | 1", " | 2")
                .replace(
                    "<inputEntry id=\"c3\">",
                    "<inputEntry id=\"c3\" expressionLanguage=\"groovy\">")));
    breaks(
        Rule.UNKNOWN_INPUT,
        "triage",
        changed(TRIAGE, "<text>segment</text>", "<text>customerSegment</text>"));
    breaks(
        Rule.LIMIT_MISSING,
        "service-levels",
        changed(TIERS, "\"team-lead\"", "\"specialists\"")
            .change(LEVELS, "<text>\"tier\"</text>", "<text>\"tiers\"</text>"));
    breaks(
        Rule.LIMIT_NOT_SENSIBLE,
        "service-levels",
        rewritten(LEVELS, "(rule_service-levels_2\".*?)\"PT4H\"", "$1\"PT40H\""));
    breaks(
        Rule.DURATION_UNREADABLE, "service-levels", rewritten(LEVELS, "\"PT4H\"", "\"4 hours\""));
    breaks(Rule.REMINDER_AFTER_LIMIT, "service-levels", rewritten(LEVELS, "\"PT15M\"", "\"PT3H\""));
    breaks(
        Rule.TOO_MANY_REMINDERS,
        "service-levels",
        rewritten(LEVELS, "\"PT15M\"", "\"25%, 50%, 75%, PT15M\""));
    breaks(Rule.UNKNOWN_CALENDAR, "service-levels", rewritten(LEVELS, "\"office\"", "\"offce\""));
    breaks(Rule.UNKNOWN_TIER, "triage", rewritten(TRIAGE, "\"team-lead\"", "\"team-leed\""));
    breaks(Rule.NO_TIERS, "tiers", changed(TIERS, "\"team-lead\"", "\"front-line\""));

    breaks(
        Rule.UNSUPPORTED_COMPONENT,
        "field_brief",
        rewritten(
            "forms/resolve-at-team-lead.form",
            "\"type\": \"textarea\"",
            "\"type\": \"filepicker\""));
    breaks(
        Rule.FORM_OF_ANOTHER_VERSION,
        null,
        changed(
            "forms/resolve-at-team-lead.form", "\"schemaVersion\": 16", "\"schemaVersion\": 19"));
    breaks(
        Rule.DUPLICATE_KEY,
        "field_note",
        changed("forms/resolve-at-team-lead.form", "\"key\": \"note\"", "\"key\": \"solution\""));
    breaks(
        Rule.ANSWER_UNUSED,
        "field_note",
        changed("forms/resolve-at-team-lead.form", "\"key\": \"note\"", "\"key\": \"remark\""));
    breaks(
        Rule.TEXT_UNKNOWN,
        "field_brief",
        changed("forms/resolve-at-team-lead.form", "\"key\": \"brief\"", "\"key\": \"story\""));
    breaks(
        Rule.REMARK_MISSING,
        null,
        changed(
            "forms/hold-debrief.form", "\"key\": \"stepDoesNotFit\"", "\"key\": \"question1\""));
    breaks(
        Rule.OUTCOME_MISSING,
        null,
        changed(
            "forms/resolve-at-team-lead.form", "\"value\": \"escalate\"", "\"value\": \"return\""));
    breaks(
        Rule.ANSWER_NOT_REQUIRED,
        null,
        rewritten(
            "forms/resolve-at-team-lead.form",
            "(\"key\": \"solution\".*?)\"required\": true",
            "$1\"required\": false"));
    breaks(
        Rule.UNKNOWN_OUTCOME,
        null,
        changed("forms/resolve-at-team-lead.form", "\"value\": \"return\"", "\"value\": \"park\""));
  }

  /** So many branches side by side, each with a task. */
  private static String wide(int branches) {
    var model = new StringBuilder(PLAIN_START
        + "<parallelGateway id=\"gateway_part\" name=\"All\"/><parallelGateway id=\"gateway_join\" name=\"Together\"/>"
        + END + flow("f_a", "startEvent_a", "gateway_part")
        + flow("f_z", "gateway_join", "endEvent_z"));
    for (var branch = 0; branch < branches; branch++) {
      model.append(
          "<userTask id=\"userTask_%d\" name=\"Do %d\" camunda:candidateGroups=\"front-line\"/><userTask id=\"userTask_x%d\" name=\"Then %d\" camunda:candidateGroups=\"front-line\"/>"
              .formatted(branch, branch, branch, branch));
      model
          .append(flow("f_a" + branch, "gateway_part", "userTask_" + branch))
          .append(flow("f_b" + branch, "userTask_" + branch, "userTask_x" + branch))
          .append(flow("f_c" + branch, "userTask_x" + branch, "gateway_join"));
    }
    return model.toString();
  }

  @ParameterizedTest
  @EnumSource
  void eachRuleHasAModelThatBreaksItAndNamesTheElement(Rule rule) {
    var example = EXAMPLES.get(rule);
    assertThat(example).as("an example of %s", rule.code()).isNotNull();

    var found = example.drafts().inspected().findings().stream()
        .filter(finding -> finding.rule() == rule)
        .toList();

    assertThat(found).as("findings of %s", rule.code()).isNotEmpty();
    assertThat(found)
        .anySatisfy(finding -> assertThat(finding.element()).isEqualTo(example.element()));
    assertThat(found).allSatisfy(finding -> {
      assertThat(finding.what()).isNotBlank().doesNotContain("%");
      assertThat(finding.why()).endsWith(".").doesNotContain("%s");
      assertThat(finding.remedy()).endsWith(".").doesNotContain("%s");
    });
  }

  @Test
  void theShippedModelsHaveNoFindings() {
    var shipped = Drafts.shipped();
    assertThat(Drafts.inspection().inspect(shipped, Map.of()).findings()).isEmpty();
    assertThat(Drafts.inspection().inspect(shipped, shipped).findings()).isEmpty();
  }

  /** What an owner may write in another way, and means the same. */
  @Test
  void reasonableRedesignsAreNotRefused() {
    var redesigns = List.of(
        changed(PATH, "${outcome == 'resolve'}", "${outcome eq 'resolve'}"),
        changed(PATH, "${tier == 'team-lead'}", "${'team-lead' == tier}"),
        changed(
            PATH, "${tier == 'team-lead'}", "${tier == 'team-lead' and !(tier == 'front-line')}"),
        changed(
            PATH,
            "${moved != 'no'}",
            "${moved == 'escalated' || moved == 'returned' || moved == 'reopened'}"));

    assertThat(redesigns)
        .allSatisfy(draft -> assertThat(draft.inspected().errors()).isEmpty());
    assertThat(changed(
                "forms/resolve-at-team-lead.form",
                "=outcome != \\\"resolve\\\"",
                "=online = \\\"yes\\\"")
            .inspected()
            .errors())
        .isEmpty();
  }

  @Test
  void eachShippedFileCanBeDeployedAlone() {
    var shipped = Drafts.shipped();
    shipped.forEach((name, content) -> assertThat(
            Drafts.inspection().inspect(Map.of(name, content), shipped).findings())
        .as(name)
        .isEmpty());
  }

  static Stream<Path> ofOthers() throws IOException {
    return Files.isDirectory(OF_OTHERS) ? Drafts.models(OF_OTHERS) : Stream.of(OF_OTHERS);
  }

  /** They were drawn for other systems, so each has something that does not run here; that is said, and nothing fails. */
  @ParameterizedTest
  @MethodSource("ofOthers")
  void modelsThatOthersDrewGiveSensibleFindings(Path file) throws IOException {
    assumeThat(OF_OTHERS)
        .as("the models of others are not here, so this is skipped")
        .isDirectory();
    var report = Drafts.inspection()
        .inspect(Map.of(file.getFileName().toString(), Files.readAllBytes(file)), Drafts.shipped());

    assertThat(report.errors()).isNotEmpty();
    assertThat(report.findings()).extracting(Finding::rule).doesNotContain(Rule.UNREADABLE);
    assertThat(report.text()).doesNotContain("Exception", "null");
  }

  @Test
  void aTableThatTakesATierAwayIsRefusedForWhatItBreaksElsewhere() {
    var report =
        Drafts.rewritten(TIERS, "<rule id=\"rule_tiers_2\">.*?</rule>", "").inspected();

    assertThat(report.errors()).extracting(Finding::file).contains(PATH, TRIAGE);
  }

  @Test
  void theRulesAreInGroupsAndTheirCodesAreTheirNames() {
    assertThat(Arrays.stream(Rule.values()).map(Rule::code))
        .doesNotHaveDuplicates()
        .allMatch(code -> code.matches("[a-z-]+"));
    assertThat(List.of(Rule.Topic.values()))
        .allSatisfy(topic -> assertThat(
                Arrays.stream(Rule.values()).filter(rule -> rule.topic() == topic))
            .isNotEmpty());
  }
}
