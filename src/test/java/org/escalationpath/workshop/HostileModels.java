package org.escalationpath.workshop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Models, decisions and forms that want to run code, read what is not theirs, or keep the machine busy. */
public final class HostileModels {

  /** @param file its name */
  public record Hostile(String name, String file, byte[] content) {

    public Map<String, byte[]> files() {
      return Map.of(file, content);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

  /** Each reaches, or tries to reach, past variables and steps. */
  private static final List<String> EXPRESSIONS = List.of(
      "${''.getClass()}",
      "${''.class}",
      "${''['class']}",
      "${''.getClass().forName('java.lang.Runtime').getMethod('getRuntime').invoke(null).exec('id')}",
      "#{''.getClass().forName('java.lang.Runtime')}",
      "${execution.getClass()}",
      "${execution.setVariable('tier','x')}",
      "${execution.getProcessEngineServices().getRepositoryService().createDeployment()}",
      "${execution.engineServices}",
      "${execution.processEngineServices.identityService}",
      "${task.delete()}",
      "${notifyCustomer.execute(execution)}",
      "${notifyCustomer.getClass().getClassLoader()}",
      "${notifyCustomer['class']}",
      "${environment.getProperty('spring.datasource.password')}",
      "${dataSource.connection}",
      "${systemProperties['user.home']}",
      "${applicationContext.getBean('dataSource')}",
      "${''.format('%1000000000d', 1)}",
      "${'a'.repeat(1000000000)}",
      "${tier.getBytes()}",
      "${tier.concat(tier)}",
      "${[1,2,3]}",
      "${{'a':1}}",
      "${now()}",
      "${dateTime().plusDays(1)}",
      "${currentUser()}",
      "${(tier.class)}",
      "${tier == 'a' ? ''.getClass() : tier}",
      "${!empty ''.getClass()}",
      "${tier['class']}",
      "${tier[outcome]}",
      "case-${''.getClass()}",
      "${decisionResult.getClass()}",
      "${decisionResult.getSingleResult().getClass()}",
      "${decisionResult.getSingleResult().entrySet().iterator()}",
      "${decisionResult.collectEntries('x').getClass()}",
      "${x.y.z}",
      "${T(java.lang.Runtime).getRuntime()}",
      "${" + "(".repeat(400) + "tier" + ")".repeat(400) + "}",
      "${tier" + " == tier".repeat(400) + "}",
      "${",
      "${tier} ${",
      "${S(execution.getVariable('x')).elements()}",
      "${XML('<a/>').xPath('//a')}",
      "${connector.execute()}");

  /** Where an expression may hide; %s stands for it. */
  private static final List<String> PLACES = List.of(
      "<userTask id=\"b\" name=\"%s\" camunda:candidateGroups=\"front-line\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:assignee=\"%s\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateUsers=\"%s\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"%s\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" camunda:dueDate=\"%s\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" camunda:priority=\"%s\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" camunda:formRef=\"%s\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><documentation>%s</documentation></userTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"%s\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:expression=\"%s\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:type=\"external\" camunda:topic=\"%s\"/>",
      "<callActivity id=\"b\" name=\"b\" calledElement=\"%s\"/>",
      "<businessRuleTask id=\"b\" name=\"b\" camunda:decisionRef=\"%s\" camunda:decisionRefBinding=\"latest\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\">%s</camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:outputParameter name=\"x\"><camunda:list><camunda:value>%s</camunda:value></camunda:list></camunda:outputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\" camunda:asyncBefore=\"true\"><extensionElements><camunda:failedJobRetryTimeCycle>%s</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics><loopCardinality>%s</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics camunda:collection=\"%s\" camunda:elementVariable=\"x\"/></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics><loopCardinality>2</loopCardinality><completionCondition>%s</completionCondition></multiInstanceLoopCharacteristics></userTask>",
      "<intermediateCatchEvent id=\"b\" name=\"b\"><timerEventDefinition><timeDate>%s</timeDate></timerEventDefinition></intermediateCatchEvent>",
      "<intermediateCatchEvent id=\"b\" name=\"b\"><conditionalEventDefinition><condition>%s</condition></conditionalEventDefinition></intermediateCatchEvent>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><extensionElements><camunda:executionListener event=\"start\" expression=\"%s\"/></extensionElements></intermediateThrowEvent>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><extensionElements><camunda:executionListener event=\"start\" delegateExpression=\"%s\"/></extensionElements></intermediateThrowEvent>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><extensionElements><camunda:taskListener event=\"create\" expression=\"%s\"/></extensionElements></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><extensionElements><camunda:taskListener event=\"create\" delegateExpression=\"%s\"/></extensionElements></userTask>",
      "<exclusiveGateway id=\"b\" name=\"b\" default=\"f2\"/><manualTask id=\"c\" name=\"c\"/><sequenceFlow id=\"f3\" sourceRef=\"b\" targetRef=\"c\"><conditionExpression>%s</conditionExpression></sequenceFlow>");

  /** Ways of running code that are no expressions. */
  private static final List<String> ELEMENTS = List.of(
      "<scriptTask id=\"b\" name=\"b\" scriptFormat=\"groovy\"><script>println 1</script></scriptTask>",
      "<scriptTask id=\"b\" name=\"b\" scriptFormat=\"javascript\" camunda:resource=\"deployment://x.js\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:class=\"org.example.Evil\"/>",
      "<serviceTask id=\"b\" name=\"b\" activiti:class=\"org.example.Evil\"/>",
      "<serviceTask id=\"b\" name=\"b\" activiti:expression=\"${tier}\"/>",
      "<serviceTask id=\"b\" name=\"b\" activiti:delegateExpression=\"${dataSource}\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:type=\"shell\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:type=\"mail\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${dataSource}\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"#{notifyCustomer}\"/>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${writeBrief}\"/>",
      "<serviceTask id=\"b\" name=\"b\"><extensionElements><camunda:connector><camunda:connectorId>http-connector</camunda:connectorId></camunda:connector></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:field name=\"x\" expression=\"${''.class}\"/></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"x\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><extensionElements><camunda:executionListener event=\"start\" class=\"org.example.Evil\"/></extensionElements></intermediateThrowEvent>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><extensionElements><activiti:executionListener event=\"start\" class=\"org.example.Evil\"/></extensionElements></intermediateThrowEvent>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><extensionElements><camunda:executionListener event=\"start\"><camunda:script scriptFormat=\"groovy\">1</camunda:script></camunda:executionListener></extensionElements></intermediateThrowEvent>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><extensionElements><camunda:taskListener event=\"create\" class=\"org.example.Evil\"/></extensionElements></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" camunda:formKey=\"embedded:app:page.html\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" camunda:formKey=\"javascript:alert(1)\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" activiti:formKey=\"embedded:deployment:page.html\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\" camunda:formHandlerClass=\"org.example.Evil\"/>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><extensionElements><camunda:formData><camunda:formField id=\"x\" type=\"string\"><camunda:validation><camunda:constraint name=\"validator\" config=\"org.example.Evil\"/></camunda:validation></camunda:formField></camunda:formData></extensionElements></userTask>",
      "<callActivity id=\"b\" name=\"b\" calledElement=\"trial\" camunda:variableMappingClass=\"org.example.Evil\"/>",
      "<callActivity id=\"b\" name=\"b\" calledElement=\"trial\" camunda:variableMappingDelegateExpression=\"${dataSource}\"/>",
      "<sendTask id=\"b\" name=\"b\" camunda:class=\"org.example.Evil\"/>",
      "<businessRuleTask id=\"b\" name=\"b\" camunda:class=\"org.example.Evil\"/>",
      "<exclusiveGateway id=\"b\" name=\"b\" default=\"f2\"/><manualTask id=\"c\" name=\"c\"/><sequenceFlow id=\"f3\" sourceRef=\"b\" targetRef=\"c\"><conditionExpression language=\"groovy\">1</conditionExpression></sequenceFlow>",
      "<exclusiveGateway id=\"b\" name=\"b\" default=\"f2\"/><manualTask id=\"c\" name=\"c\"/><sequenceFlow id=\"f3\" sourceRef=\"b\" targetRef=\"c\"><conditionExpression camunda:resource=\"deployment://x.groovy\" language=\"groovy\"/></sequenceFlow>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><messageEventDefinition camunda:class=\"org.example.Evil\"/></intermediateThrowEvent>",
      "<intermediateThrowEvent id=\"b\" name=\"b\"><messageEventDefinition camunda:expression=\"${tier}\"/></intermediateThrowEvent>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics><loopCardinality>1000000</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"/><boundaryEvent id=\"t\" name=\"t\" attachedToRef=\"b\" cancelActivity=\"false\"><timerEventDefinition><timeCycle>R/PT0.001S</timeCycle></timerEventDefinition></boundaryEvent>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"zz\"><dc:v xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\">${execution.processEngineServices.runtimeService}</dc:v></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"zz\"><dc:list xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\"><v>${execution.getProcessEngine()}</v></dc:list></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"zz\"><dc:script xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" scriptFormat=\"groovy\">1</dc:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><camunda:inputOutput><camunda:inputParameter name=\"zz\"><x:v xmlns:x=\"urn:x\">${tier}</x:v></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><dc:errorEventDefinition xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" errorRef=\"e\" expression=\"${execution.getProcessEngine().close()}\"/></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><x:errorEventDefinition xmlns:x=\"urn:x\" errorRef=\"e\" expression=\"${true}\"/></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><fox:failedJobRetryTimeCycle xmlns:fox=\"http://www.camunda.com/fox\">R9/PT1S</fox:failedJobRetryTimeCycle></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"><extensionElements><bpmndi:BPMNDiagram xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\"><camunda:script>1</camunda:script></bpmndi:BPMNDiagram></extensionElements></serviceTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><extensionElements><camunda:taskListener event=\"timeout\" id=\"l\" delegateExpression=\"${writeBrief}\"><timerEventDefinition><timeCycle>R/PT0S</timeCycle></timerEventDefinition></camunda:taskListener></extensionElements></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics><loopCardinality>${1000000000}</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"><multiInstanceLoopCharacteristics><loopCardinality>+1000000000</loopCardinality></multiInstanceLoopCharacteristics></userTask>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"/><boundaryEvent id=\"t\" name=\"t\" attachedToRef=\"b\" cancelActivity=\"false\"><timerEventDefinition><timeCycle>R/P0M</timeCycle></timerEventDefinition></boundaryEvent>",
      "<userTask id=\"b\" name=\"b\" camunda:candidateGroups=\"front-line\"/><boundaryEvent id=\"t\" name=\"t\" attachedToRef=\"b\" cancelActivity=\"false\"><timerEventDefinition><timeCycle>${'R/PT0S'}</timeCycle></timerEventDefinition></boundaryEvent>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\" camunda:asyncBefore=\"true\"><extensionElements><camunda:failedJobRetryTimeCycle>R99999999/PT0S</camunda:failedJobRetryTimeCycle></extensionElements></serviceTask>",
      "<serviceTask id=\"b\" name=\"b\" camunda:delegateExpression=\"${acknowledgeCase}\"/><exclusiveGateway id=\"g\" name=\"g\" default=\"f5\"/><sequenceFlow id=\"f4\" sourceRef=\"b\" targetRef=\"g\"/><sequenceFlow id=\"f5\" sourceRef=\"g\" targetRef=\"b\"/>",
      "<transaction id=\"b\" name=\"b\"/>",
      "<adHocSubProcess id=\"b\" name=\"b\"/>");

  private static final List<String> CELLS = List.of(
      "for i in 1..1000000000 return i",
      "some x in 1..1000000000 satisfies x = 2",
      "every x in 1..1000000000 satisfies x > 0",
      "function(x) external { java: { class: \"java.lang.Runtime\", method signature: \"getRuntime()\" } }",
      "(function(x) x)(1)",
      "matches(\"aaaaaaaaaaaaaaaaaaaaaaaaaaaa!\", \"(a+)+$\")",
      "replace(\"a\", \"(a+)+$\", \"b\")",
      "split(\"a\", \"(a+)+$\")",
      "java.lang.System.exit(0)",
      "${''.getClass()}",
      "if (".repeat(22) + "1",
      "1" + " in (1".repeat(25) + ")".repeat(25),
      "9".repeat(1_500_000),
      "string(decimal(1/3, 200000000))",
      "floor(1.5, 200000000)",
      "10**99999999",
      "1..1000000000",
      "(".repeat(500) + "1" + ")".repeat(500));

  private HostileModels() {}

  public static List<Hostile> all() {
    var all = new ArrayList<Hostile>();
    var number = 0;
    for (var expression : EXPRESSIONS) {
      var place = PLACES.get(number++ % PLACES.size());
      all.add(bpmn(
          "expression " + shortened(expression) + " in " + shortened(place),
          place.formatted(escaped(expression))));
    }
    for (var place : PLACES) {
      all.add(bpmn("${''.getClass()} in " + shortened(place), place.formatted("${''.getClass()}")));
    }
    for (var element : ELEMENTS) {
      all.add(bpmn("element " + shortened(element), element));
    }
    for (var cell : CELLS) {
      all.add(dmn(
          "cell " + shortened(cell),
          "<inputEntry id=\"c\"><text></text></inputEntry><outputEntry id=\"o1\"><text>%s</text></outputEntry>"
              .formatted(escaped(cell)),
          ""));
    }
    for (var language :
        List.of("juel", "groovy", "javascript", "python", "http://www.java.com/java")) {
      all.add(dmn(
          "language " + language,
          "<inputEntry id=\"c\"><text></text></inputEntry><outputEntry id=\"o1\" expressionLanguage=\"%s\"><text>1</text></outputEntry>"
              .formatted(language),
          ""));
      all.add(dmn(
          "all in " + language,
          "<inputEntry id=\"c\"><text></text></inputEntry><outputEntry id=\"o1\"><text>1</text></outputEntry>",
          " expressionLanguage=\"%s\"".formatted(language)));
    }
    for (var cell : CELLS) {
      all.add(new Hostile(
          "expression alone " + shortened(cell), "trial.dmn", """
          <?xml version="1.0" encoding="UTF-8"?>
          <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn" id="d" name="d" namespace="x">
            <decision id="trial" name="Trial" camunda:historyTimeToLive="P1D"><variable id="v" name="v"/><literalExpression id="l"><text>%s</text></literalExpression></decision>
          </definitions>""".formatted(escaped(cell))
              .getBytes(StandardCharsets.UTF_8)));
    }
    addXml(all);
    addForms(all);
    addFiles(all);
    return all;
  }

  private static void addXml(List<Hostile> all) {
    var model =
        new String(bpmn("", "<manualTask id=\"b\" name=\"b\"/>").content(), StandardCharsets.UTF_8);
    var bomb = new StringBuilder("<!DOCTYPE definitions [<!ENTITY a0 \"aaaaaaaaaa\">");
    for (var level = 1; level < 12; level++) {
      bomb.append("<!ENTITY a%d \"%s\">".formatted(level, ("&a" + (level - 1) + ";").repeat(10)));
    }
    bomb.append("]>");
    all.add(xml(
        "entity bomb",
        model
            .replace("<definitions", bomb + "<definitions")
            .replace("name=\"b\"", "name=\"&a11;\"")));
    all.add(xml(
        "external entity",
        model
            .replace(
                "<definitions",
                "<!DOCTYPE definitions [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><definitions")
            .replace("name=\"b\"", "name=\"&x;\"")));
    all.add(xml(
        "external document type",
        model.replace(
            "<definitions",
            "<!DOCTYPE definitions SYSTEM \"http://localhost:1/evil.dtd\"><definitions")));
    all.add(
        xml(
            "parameter entity",
            model.replace(
                "<definitions",
                "<!DOCTYPE definitions [<!ENTITY % x SYSTEM \"http://localhost:1/x\"> %x;]><definitions")));
    all.add(
        xml(
            "import",
            model.replace(
                "<process",
                "<import importType=\"http://schemas.xmlsoap.org/wsdl/\" location=\"http://localhost:1/x.wsdl\" namespace=\"x\"/><process")));
    all.add(
        xml(
            "web service",
            model.replace(
                "<process",
                "<interface id=\"i\" name=\"i\"><operation id=\"o\" name=\"o\"><inMessageRef>m</inMessageRef></operation></interface><message id=\"m\"/><process")));
    all.add(xml(
        "deep",
        model.replace(
            "<manualTask id=\"b\" name=\"b\"/>",
            "<extensionElements>" + "<x:y xmlns:x=\"x\">".repeat(20_000) + "</x:y>".repeat(20_000)
                + "</extensionElements><manualTask id=\"b\" name=\"b\"/>")));
    all.add(xml(
        "language of the whole",
        model.replace(
            "<definitions ", "<definitions expressionLanguage=\"http://www.java.com/java\" ")));
    all.add(xml(
        "process instruction",
        model.replace(
            "camunda:historyTimeToLive=\"P1D\"",
            "camunda:historyTimeToLive=\"${''.getClass()}\"")));
    all.add(xml(
        "message by expression",
        model.replace(
            "</definitions>", "<message id=\"m\" name=\"${''.getClass()}\"/></definitions>")));
    all.add(xml(
        "error by expression",
        model.replace(
            "</definitions>", "<error id=\"e\" errorCode=\"${''.getClass()}\"/></definitions>")));
  }

  private static void addForms(List<Hostile> all) {
    for (var component : List.of(
        "{\"type\": \"html\", \"id\": \"x\", \"content\": \"<b>x</b>\"}",
        "{\"type\": \"iframe\", \"id\": \"x\", \"url\": \"https://evil.example\"}",
        "{\"type\": \"image\", \"id\": \"x\", \"source\": \"https://evil.example/track.png\"}",
        "{\"type\": \"filepicker\", \"id\": \"x\", \"key\": \"file\"}",
        "{\"type\": \"expression\", \"id\": \"x\", \"key\": \"y\", \"expression\": \"=1\"}",
        "{\"type\": \"script\", \"id\": \"x\"}",
        "{\"type\": \"button\", \"id\": \"x\", \"action\": \"submit\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"<script>alert(1)</script>\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"[x](javascript:alert(1))\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"<img src=x onerror=\\\"alert(1)\\\">\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"<img src=x onerror=alert(1)>\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"[x](java&#115;cript:alert(1))\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"[x](java\\tscript:alert(1))\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"<iframe src=//evil.example></iframe>\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"<object data=x></object>\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"= for x in 1..100000, y in 1..1000000 return x\"}",
        "{\"type\": \"text\", \"id\": \"x\", \"text\": \"a\", \"conditional\": {\"hide\": \"= some x in 1..1000000000 satisfies x = 0\"}}",
        "{\"type\": \"group\", \"id\": \"g\", \"components\": [{\"type\": \"html\", \"id\": \"x\"}]}",
        "{\"type\": \"dynamiclist\", \"id\": \"g\", \"components\": []}")) {
      all.add(new Hostile(
          "form " + shortened(component),
          "trial.form",
          Drafts.form("trial", component).getBytes(StandardCharsets.UTF_8)));
    }
    all.add(new Hostile(
        "html in deep groups",
        "trial.form",
        Drafts.form(
                "trial",
                "{\"type\": \"group\", \"id\": \"g\", \"components\": [".repeat(22)
                    + "{\"type\": \"html\", \"id\": \"x\"}" + "]}".repeat(22))
            .getBytes(StandardCharsets.UTF_8)));
    all.add(new Hostile(
        "a form in UTF-16",
        "trial.form",
        Drafts.form("trial", "").getBytes(StandardCharsets.UTF_16BE)));
    all.add(new Hostile(
        "two forms in one",
        "trial.form",
        (Drafts.form("trial", "") + Drafts.form("trial", "")).getBytes(StandardCharsets.UTF_8)));
    all.add(new Hostile(
        "deep form",
        "trial.form",
        ("[".repeat(100_000) + "]".repeat(100_000)).getBytes(StandardCharsets.UTF_8)));
    all.add(
        new Hostile("form that is none", "trial.form", "null".getBytes(StandardCharsets.UTF_8)));
  }

  private static void addFiles(List<Hostile> all) {
    for (var name : List.of(
        "page.html",
        "shell.groovy",
        "evil.js",
        "evil.cmmn",
        "evil.class",
        "evil",
        "trial.bpmn.png")) {
      all.add(new Hostile("file " + name, name, "x".getBytes(StandardCharsets.UTF_8)));
    }
    all.add(
        new Hostile("no text at all", "trial.bpmn", new byte[] {(byte) 0xCA, (byte) 0xFE, 0, 0}));
    all.add(new Hostile("empty", "trial.dmn", new byte[0]));
    all.add(new Hostile("a zip", "trial.bpmn", new byte[] {'P', 'K', 3, 4}));
  }

  private static Hostile bpmn(String name, String content) {
    return xml(name, """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:camunda="%s" xmlns:activiti="http://activiti.org/bpmn"
            id="d" targetNamespace="x">
          <process id="trial" name="Trial" isExecutable="true" camunda:historyTimeToLive="P1D">
            <startEvent id="a" name="a"/><sequenceFlow id="f1" sourceRef="a" targetRef="b"/>%s<sequenceFlow id="f2" sourceRef="b" targetRef="z"/><endEvent id="z" name="z"/>
          </process></definitions>""".formatted(CAMUNDA, content));
  }

  private static Hostile dmn(String name, String cells, String attributes) {
    return new Hostile(
        name, "trial.dmn", """
        <?xml version="1.0" encoding="UTF-8"?>
        <definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" xmlns:camunda="http://camunda.org/schema/1.0/dmn"
            id="d" name="d" namespace="x"%s>
          <decision id="trial" name="Trial" camunda:historyTimeToLive="P1D"><decisionTable id="t" hitPolicy="FIRST">
            <input id="i"><inputExpression id="ie"><text>size</text></inputExpression></input><output id="o" name="result"/>
            <rule id="r">%s</rule></decisionTable></decision>
        </definitions>""".formatted(attributes, cells).getBytes(StandardCharsets.UTF_8));
  }

  private static Hostile xml(String name, String content) {
    return new Hostile(name, "trial.bpmn", content.getBytes(StandardCharsets.UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  private static String shortened(String text) {
    return text.length() <= 300 ? text : text.substring(0, 300) + "…";
  }
}
