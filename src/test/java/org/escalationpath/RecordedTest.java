package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ExternalTaskService;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.runtime.Job;
import org.escalationpath.EngineResources.Resource;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.What;
import org.escalationpath.notification.Relay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Nothing unrecorded: whatever the engine's REST API offers that changes something is either closed to everybody, or leaves a row, with
 * who did it, in the ledger of the case or in the journal. The list of what it offers is the engine's own.
 */
class RecordedTest extends EngineTest {

  @LocalServerPort
  private int port;

  @Autowired
  private Journal journal;

  @Autowired
  private AuthorizationService authorizations;

  @Autowired
  private RepositoryService repository;

  @Autowired
  private FilterService filters;

  @Autowired
  private Relay relay;

  @Autowired
  private ExternalTaskService externalTasks;

  /**
   * A call that does something.
   *
   * @param isOfTheCase whether the ledger must say so; else the journal
   */
  private record Call(String path, String body, boolean isOfTheCase, String type) {

    static Call ofTheCase(String path, String json) {
      return new Call(path, json, true, "application/json");
    }

    static Call ofTheSystem(String path, String json) {
      return new Call(path, json, false, "application/json");
    }
  }

  private static final String VARIABLE = "{\"value\": \"x\", \"type\": \"String\"}";
  private static final String VARIABLES = "{\"modifications\": {\"aNote\": " + VARIABLE + "}}";

  private CaseNumber number;

  // ---- what each call needs

  private static final Map<String, Function<RecordedTest, Call>> CALLS = calls();

  private static Map<String, Function<RecordedTest, Call>> calls() {
    var calls = new LinkedHashMap<String, Function<RecordedTest, Call>>();
    // people and rights
    calls.put(
        "POST /user/create", test -> Call.ofTheSystem("/user/create", test.user(test.name())));
    calls.put(
        "PUT /user/{id}/profile",
        test -> Call.ofTheSystem(
            "/user/agent/profile",
            "{\"id\": \"agent\", \"firstName\": \"Ada\", \"lastName\": \"Agent\", \"email\": \"agent@localhost\"}"));
    calls.put(
        "PUT /user/{id}/credentials",
        test -> Call.ofTheSystem(
            "/user/" + test.aUser() + "/credentials",
            "{\"password\": \"another long one\", \"authenticatedUserPassword\": \"demo\"}"));
    calls.put(
        "POST /user/{id}/unlock",
        test -> Call.ofTheSystem("/user/" + test.aLockedUser() + "/unlock", ""));
    calls.put("DELETE /user/{id}", test -> Call.ofTheSystem("/user/" + test.aUser(), null));
    calls.put(
        "POST /group/create",
        test -> Call.ofTheSystem(
            "/group/create",
            "{\"id\": \"" + test.name() + "\", \"name\": \"x\", \"type\": \"x\"}"));
    calls.put(
        "PUT /group/{id}",
        test -> Call.ofTheSystem(
            "/group/auditor",
            "{\"id\": \"auditor\", \"name\": \"Auditors\", \"type\": \"WORKFLOW\"}"));
    calls.put("DELETE /group/{id}", test -> Call.ofTheSystem("/group/" + test.aGroup(), null));
    calls.put(
        "PUT /group/{id}/members/{userId}",
        test -> Call.ofTheSystem("/group/" + test.aGroup() + "/members/agent", ""));
    calls.put(
        "DELETE /group/{id}/members/{userId}",
        test -> Call.ofTheSystem("/group/" + test.aGroupWithAgent() + "/members/agent", null));
    calls.put(
        "POST /authorization/create",
        test -> Call.ofTheSystem("/authorization/create", test.grant()));
    calls.put(
        "PUT /authorization/{id}",
        test -> Call.ofTheSystem("/authorization/" + test.anAuthorization(), test.grant()));
    calls.put(
        "DELETE /authorization/{id}",
        test -> Call.ofTheSystem("/authorization/" + test.anAuthorization(), null));
    calls.put(
        "POST /filter/create",
        test -> Call.ofTheSystem(
            "/filter/create",
            "{\"resourceType\": \"Task\", \"name\": \"x\", \"query\": {}, \"properties\": {}}"));
    calls.put(
        "PUT /filter/{id}",
        test -> Call.ofTheSystem(
            "/filter/" + test.aFilter(),
            "{\"resourceType\": \"Task\", \"name\": \"y\", \"query\": {}, \"properties\": {}}"));
    calls.put("DELETE /filter/{id}", test -> Call.ofTheSystem("/filter/" + test.aFilter(), null));
    // models
    calls.put(
        "POST /deployment/create",
        test -> test.multipart(
            "/deployment/create",
            false,
            "deployment-name",
            "by hand",
            "data\"; filename=\"" + test.name() + ".bpmn",
            test.model(test.name())));
    calls.put(
        "POST /deployment/{id}/redeploy",
        test -> Call.ofTheSystem("/deployment/" + test.aDeployment() + "/redeploy", "{}"));
    calls.put(
        "PUT /process-definition/{id}/history-time-to-live",
        test -> Call.ofTheSystem(
            "/process-definition/" + test.aDefinition().getId() + "/history-time-to-live",
            "{\"historyTimeToLive\": 7}"));
    calls.put(
        "PUT /process-definition/key/{key}/history-time-to-live",
        test -> Call.ofTheSystem(
            "/process-definition/key/" + test.aDefinition().getKey() + "/history-time-to-live",
            "{\"historyTimeToLive\": 7}"));
    calls.put(
        "PUT /decision-definition/{id}/history-time-to-live",
        test -> Call.ofTheSystem(
            "/decision-definition/" + test.decision() + "/history-time-to-live",
            "{\"historyTimeToLive\": 3650}"));
    calls.put(
        "PUT /decision-definition/key/{key}/history-time-to-live",
        test -> Call.ofTheSystem(
            "/decision-definition/key/tiers/history-time-to-live",
            "{\"historyTimeToLive\": 3650}"));
    calls.put(
        "POST /decision-definition/{id}/evaluate",
        test -> Call.ofTheSystem(
            "/decision-definition/" + test.decision() + "/evaluate", "{\"variables\": {}}"));
    calls.put(
        "POST /decision-definition/key/{key}/evaluate",
        test -> Call.ofTheSystem("/decision-definition/key/tiers/evaluate", "{\"variables\": {}}"));
    // the start of something
    calls.put(
        "POST /process-definition/{id}/start",
        test -> Call.ofTheCase(
            "/process-definition/" + test.definition("follow-up-survey") + "/start", test.start()));
    calls.put(
        "POST /process-definition/key/{key}/start",
        test -> Call.ofTheCase("/process-definition/key/follow-up-survey/start", test.start()));
    calls.put(
        "POST /process-definition/{id}/submit-form",
        test -> Call.ofTheCase(
            "/process-definition/" + test.definition("follow-up-survey") + "/submit-form",
            test.start()));
    calls.put(
        "POST /process-definition/key/{key}/submit-form",
        test ->
            Call.ofTheCase("/process-definition/key/follow-up-survey/submit-form", test.start()));
    // a case's process
    calls.put(
        "POST /execution/{id}/create-incident",
        test -> Call.ofTheCase(
            "/execution/" + test.desk.task(test.number).getExecutionId() + "/create-incident",
            "{\"incidentType\": \"byHand\", \"configuration\": \"x\"}"));
    calls.put(
        "DELETE /incident/{id}", test -> Call.ofTheCase("/incident/" + test.anIncident(), null));
    calls.put(
        "DELETE /process-instance/{id}",
        test -> Call.ofTheCase("/process-instance/" + test.process(), null));
    calls.put(
        "PUT /process-instance/{id}/suspended",
        test -> Call.ofTheCase(
            "/process-instance/" + test.process() + "/suspended", "{\"suspended\": true}"));
    calls.put(
        "POST /process-instance/{id}/modification",
        test -> Call.ofTheCase(
            "/process-instance/" + test.process() + "/modification",
            "{\"instructions\": [{\"type\": \"startBeforeActivity\", \"activityId\": \"userTask_resolveAtTeamLead\"}]}"));
    for (var owner : List.of("process-instance", "execution", "task")) {
      for (var scope : owner.equals("task")
          ? List.of("variables", "localVariables")
          : owner.equals("execution") ? List.of("localVariables") : List.of("variables")) {
        var base = "/" + owner + "/{id}/" + scope;
        calls.put("POST " + base, test -> Call.ofTheCase(test.at(owner, scope), VARIABLES));
        calls.put(
            "PUT " + base + "/{varId}",
            test -> Call.ofTheCase(test.at(owner, scope) + "/aNote", VARIABLE));
        calls.put(
            "DELETE " + base + "/{varId}",
            test ->
                Call.ofTheCase(test.at(owner, scope) + "/" + test.aVariable(owner, scope), null));
        calls.put(
            "POST " + base + "/{varId}/data",
            test -> test.multipart(
                test.at(owner, scope) + "/aFile/data", true, "valueType", "Bytes", "data", "x"));
      }
    }
    // its jobs
    calls.put("DELETE /job/{id}", test -> Call.ofTheCase("/job/" + test.timer().getId(), null));
    calls.put(
        "PUT /job/{id}/duedate",
        test -> Call.ofTheCase(
            "/job/" + test.timer().getId() + "/duedate",
            "{\"duedate\": \"2026-12-24T12:00:00.000+0000\"}"));
    calls.put(
        "POST /job/{id}/duedate/recalculate",
        test -> Call.ofTheCase("/job/" + test.timer().getId() + "/duedate/recalculate", ""));
    calls.put(
        "PUT /job/{id}/priority",
        test -> Call.ofTheCase("/job/" + test.timer().getId() + "/priority", "{\"priority\": 5}"));
    calls.put(
        "PUT /job/{id}/retries",
        test -> Call.ofTheCase("/job/" + test.timer().getId() + "/retries", "{\"retries\": 2}"));
    calls.put(
        "PUT /job/{id}/suspended",
        test ->
            Call.ofTheCase("/job/" + test.timer().getId() + "/suspended", "{\"suspended\": true}"));
    calls.put(
        "POST /job/{id}/execute",
        test -> Call.ofTheCase("/job/" + test.timer().getId() + "/execute", ""));
    calls.put(
        "PUT /external-task/{id}/priority",
        test ->
            Call.ofTheCase("/external-task/" + test.delivery() + "/priority", "{\"priority\": 5}"));
    calls.put(
        "PUT /external-task/{id}/retries",
        test ->
            Call.ofTheCase("/external-task/" + test.delivery() + "/retries", "{\"retries\": 5}"));
    // its tasks
    calls.put(
        "PUT /task/{id}",
        test -> Call.ofTheCase(
            "/task/" + test.task(),
            "{\"name\": \"Resolve\", \"priority\": 99, \"due\": \"2026-12-24T12:00:00.000+0000\"}"));
    calls.put(
        "POST /task/{id}/assignee",
        test -> Call.ofTheCase("/task/" + test.task() + "/assignee", "{\"userId\": \"agent\"}"));
    calls.put(
        "POST /task/{id}/claim",
        test -> Call.ofTheCase("/task/" + test.task() + "/claim", "{\"userId\": \"admin\"}"));
    calls.put(
        "POST /task/{id}/unclaim",
        test -> Call.ofTheCase("/task/" + test.aClaimedTask() + "/unclaim", ""));
    calls.put(
        "POST /task/{id}/identity-links",
        test -> Call.ofTheCase(
            "/task/" + test.task() + "/identity-links",
            "{\"groupId\": \"team-lead\", \"type\": \"candidate\"}"));
    calls.put(
        "POST /task/{id}/identity-links/delete",
        test -> Call.ofTheCase(
            "/task/" + test.task() + "/identity-links/delete",
            "{\"groupId\": \"front-line\", \"type\": \"candidate\"}"));
    calls.put(
        "POST /task/{id}/complete",
        test -> Call.ofTheCase("/task/" + test.task() + "/complete", test.outcome()));
    calls.put(
        "POST /task/{id}/submit-form",
        test -> Call.ofTheCase("/task/" + test.task() + "/submit-form", test.outcome()));
    return calls;
  }

  // ---- the test

  static Stream<Resource> changes() {
    return EngineResources.all().stream().filter(each -> !each.isReading());
  }

  @ParameterizedTest
  @MethodSource("changes")
  void isClosedOrRecordedWithWhoDidIt(Resource resource) {
    number = desk.opens(aCase());
    var prepared = CALLS.get(resource.toString());
    if (prepared == null) {
      isClosed(resource);
    } else {
      isRecorded(resource, prepared.apply(this));
    }
  }

  private void isClosed(Resource resource) {
    var path = resource.path().replaceAll("\\{[^}]+}", desk.task(number).getId());

    var writes = writes(() -> {
      var answer = send(resource.method(), new Call(path, "{}", false, "application/json"));
      // of tenants there are none, and no task of a process can be deleted
      assertThat(answer)
          .as("%s", resource)
          .isIn(
              resource.path().contains("tenant-id")
                      || resource.toString().equals("DELETE /task/{id}")
                  ? List.of(400, 403, 404, 500)
                  : List.of(403));
    });

    assertThat(writes).isEmpty();
  }

  private void isRecorded(Resource resource, Call call) {
    var seq = desk.ledger.lastSeq(number);
    var journalSeq = journal.lastSeq();

    var writes = writes(() ->
        assertThat(send(resource.method(), call)).as("%s %s", resource, call).isBetween(200, 204));

    assertThat(writes).as("it does something").isNotEmpty();
    if (call.isOfTheCase()) {
      assertThat(desk.ledger.of(number).stream().filter(entry -> entry.seq() > seq))
          .as("the ledger of %s", number)
          .extracting(LedgerEntry::who)
          .contains("admin");
    } else {
      assertThat(journal.latest(null, 50).stream().filter(row -> row.seq() > journalSeq))
          .as("the journal")
          .extracting(Journal.Row::who)
          .contains("admin");
    }
  }

  @Test
  void aCaseOpenedInTasklistIsOpenedOnce() {
    var form = """
        {"variables": {"customerName": {"value": "Erika"}, "customerEmail": {"value": "%s@example.org"}, "subject": {"value": "Lost"},
         "description": {"value": "It never came."}}}
        """.formatted(name());

    var answer = Http.as(port, "agent")
        .post("/engine-rest/process-definition/key/escalation-path/submit-form", form);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var opened = CaseNumber.of(
        answer.body().replaceFirst("(?s).*\"businessKey\"\\s*:\\s*\"([^\"]+)\".*", "$1"));
    desk.expect(opened).ledger(What.OPENED).withoutLedger(What.ENGINE_CHANGED);
  }

  @Test
  void aTaskThatIsTakenFromSomebodyIsRecorded() {
    number = desk.opens(aCase());
    var task = aClaimedTask();

    Http.as(port, "admin").post("/engine-rest/task/" + task + "/claim", "{\"userId\": null}");

    desk.expect(number).ledger(What.CLAIMED, What.ENGINE_CHANGED);
  }

  @Test
  void noCallIsPreparedThatTheEngineDoesNotOffer() {
    assertThat(EngineResources.all().stream().map(Resource::toString)).containsAll(CALLS.keySet());
  }

  @Test
  void whatPeopleDoAsTheyAreMeantToLeavesNoSuchRow() {
    var lostParcel = desk.opens(aCase());
    Http.as(port, "agent")
        .post(
            "/engine-rest/task/" + desk.task(lostParcel).getId() + "/claim",
            "{\"userId\": \"agent\"}");
    desk.escalates(lostParcel, Reason.COMPLEX_PROBLEM, null);
    desk.fastForward(desk.deadlines(lostParcel).limitAt());
    desk.resolves(lostParcel);
    desk.fastForward(java.time.Duration.ofDays(40));

    desk.expect(lostParcel)
        .ledger(What.CLAIMED, What.ESCALATED, What.ESCALATED, What.CLOSED)
        .withoutLedger(What.ENGINE_CHANGED);
  }

  // ---- helpers

  /** What is changed in the database, but for where changes are recorded. */
  private static List<String> writes(Runnable action) {
    return Statements.of(action).stream()
        .filter(sql -> sql.strip().toLowerCase().matches("(?s)(insert|update|delete|merge) .*"))
        .toList();
  }

  private int send(String method, Call call) {
    return Http.as(port, "admin")
        .send(
            method,
            "/engine-rest" + call.path(),
            call.body(),
            call.body() == null ? Map.of() : Map.of("Content-Type", call.type()))
        .statusCode();
  }

  private Call multipart(
      String path,
      boolean isOfTheCase,
      String field,
      String value,
      String fileField,
      String content) {
    var boundary = "----here-and-nowhere-else";
    var body =
        "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--%s\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n--%s--\r\n"
            .formatted(
                boundary,
                field,
                value,
                boundary,
                fileField,
                fileField.contains("filename") ? "" : "; filename=\"x.txt\"",
                content,
                boundary)
            .replace("filename=\"" + "%s", "filename=\"");
    return new Call(path, body, isOfTheCase, "multipart/form-data; boundary=" + boundary);
  }

  private String name() {
    return "x" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);
  }

  private String user(String id) {
    return "{\"profile\": {\"id\": \"%s\", \"firstName\": \"X\", \"lastName\": \"Y\", \"email\": \"x@localhost\"}, \"credentials\": {\"password\": \"a long password\"}}"
        .formatted(id);
  }

  private String aUser() {
    var id = name();
    var user = desk.identities.newUser(id);
    user.setPassword("a long password");
    desk.identities.saveUser(user);
    return id;
  }

  private String aLockedUser() {
    var id = aUser();
    desk.identities.checkPassword(id, "wrong");
    return id;
  }

  private String aGroup() {
    var id = name();
    desk.identities.saveGroup(desk.identities.newGroup(id));
    return id;
  }

  private String aGroupWithAgent() {
    var id = aGroup();
    desk.identities.createMembership("agent", id);
    return id;
  }

  private String grant() {
    return "{\"type\": 1, \"permissions\": [\"READ\"], \"groupId\": \"auditor\", \"resourceType\": 5, \"resourceId\": \"%s\"}"
        .formatted(name());
  }

  private String anAuthorization() {
    var grant = authorizations.createNewAuthorization(1);
    grant.setGroupId("auditor");
    grant.setResourceType(5);
    grant.setResourceId(name());
    return authorizations.saveAuthorization(grant).getId();
  }

  private String aFilter() {
    return filters.saveFilter(filters.newTaskFilter(name())).getId();
  }

  private String model(String key) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" targetNamespace="x">
          <process id="%s" isExecutable="true" camunda:historyTimeToLive="P7D"><startEvent id="start"/></process>
        </definitions>
        """.formatted(key);
  }

  private String aDeployment() {
    var key = name();
    return repository
        .createDeployment()
        .name(key)
        .addString(key + ".bpmn", model(key))
        .deploy()
        .getId();
  }

  private org.camunda.bpm.engine.repository.ProcessDefinition aDefinition() {
    return repository.createProcessDefinitionQuery().deploymentId(aDeployment()).singleResult();
  }

  private String definition(String key) {
    return repository
        .createProcessDefinitionQuery()
        .processDefinitionKey(key)
        .latestVersion()
        .singleResult()
        .getId();
  }

  private String decision() {
    return repository
        .createDecisionDefinitionQuery()
        .decisionDefinitionKey("tiers")
        .latestVersion()
        .singleResult()
        .getId();
  }

  private String start() {
    return "{\"businessKey\": \"%s\", \"variables\": {\"caseNumber\": {\"value\": \"%s\", \"type\": \"String\"}}}"
        .formatted(number, number);
  }

  private String process() {
    return desk.task(number).getProcessInstanceId();
  }

  private String task() {
    return desk.task(number).getId();
  }

  private String aClaimedTask() {
    desk.as("agent", () -> desk.tasks.claim(task(), "agent"));
    return task();
  }

  private String anIncident() {
    return desk.runtime
        .createIncident("byHand", desk.task(number).getExecutionId(), "x")
        .getId();
  }

  private Job timer() {
    return desk.management
        .createJobQuery()
        .processInstanceId(process())
        .activityId("event_limitFrontLine")
        .singleResult();
  }

  /** A message to the customer that has not been delivered yet. */
  private String delivery() {
    desk.identities.setAuthentication("agent", List.of("front-line"));
    desk.escalation.escalate(desk.theCase(number), Reason.COMPLEX_PROBLEM, "x", null);
    desk.identities.clearAuthentication();
    relay.relay();
    var open = externalTasks.createExternalTaskQuery().list().stream()
        .filter(each -> number.value().equals(each.getBusinessKey()))
        .findFirst();
    return open.orElseThrow().getId();
  }

  private String at(String owner, String scope) {
    return "/" + owner + "/" + (owner.equals("task") ? task() : process()) + "/" + scope;
  }

  private String aVariable(String owner, String scope) {
    if (owner.equals("task") && scope.equals("localVariables")) {
      desk.tasks.setVariableLocal(task(), "aNote", "x");
    } else {
      desk.runtime.setVariable(process(), "aNote", "x");
    }
    return "aNote";
  }

  private String outcome() {
    return "{\"variables\": {\"outcome\": {\"value\": \"escalate\"}, \"reason\": {\"value\": \"complex-problem\"}, \"note\": {\"value\": \"It needs somebody higher.\"}}}";
  }
}
