package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.Task;
import org.camunda.bpm.model.bpmn.instance.TimeDate;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaTaskListener;
import org.escalationpath.engine.Published;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An element finds its Java, its form and its decision by one name, and everything is named for people. */
class ModelContractTest {

  private static final Path PROCESSES = Path.of("processes");
  private static final Path FORMS = Path.of("forms");
  private static final Pattern ID = Pattern.compile(
      "(startEvent|endEvent|event|userTask|serviceTask|businessRuleTask"
          + "|callActivity|subProcess|gateway|flow)_[a-z][A-Za-z]+(_[a-z][A-Za-z]+)?|event_[a-z][A-Za-z]+");
  private static final Set<String> STEPS = new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.escalationpath")
          .stream()
          .filter(each -> each.isAnnotatedWith(Published.class))
          .map(JavaClass::getSimpleName)
          .collect(Collectors.toSet());

  static List<Path> models() throws IOException {
    return files(PROCESSES, ".bpmn");
  }

  static List<Path> forms() throws IOException {
    return files(FORMS, ".form");
  }

  private static List<Path> files(Path folder, String ending) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    }
  }

  private static BpmnModelInstance read(Path file) {
    return Bpmn.readModelFromFile(file.toFile());
  }

  @ParameterizedTest
  @MethodSource("models")
  void theFileIsNamedAfterItsProcessAndKeepsHistoryForDays(Path file) {
    var processes =
        read(file).getModelElementsByType(org.camunda.bpm.model.bpmn.instance.Process.class);
    assertThat(processes).singleElement().satisfies(process -> {
      assertThat(process.getId() + ".bpmn").isEqualTo(file.getFileName().toString());
      assertThat(process.getCamundaHistoryTimeToLiveString()).matches("P\\d+D");
      assertThat(process.getDocumentations()).isNotEmpty();
    });
  }

  @ParameterizedTest
  @MethodSource("models")
  void idsAreChosenAndEveryElementHasANameThatPeopleRead(Path file) {
    for (var element : read(file).getModelElementsByType(FlowElement.class)) {
      assertThat(element.getId()).matches(ID);
      var isPlainFlow = element instanceof SequenceFlow flow && !isAnAnswer(flow);
      assertThat(isPlainFlow || element.getName() != null)
          .as("%s has a name", element.getId())
          .isTrue();
    }
  }

  private static boolean isAnAnswer(SequenceFlow flow) {
    return flow.getSource() instanceof org.camunda.bpm.model.bpmn.instance.ExclusiveGateway
        && flow.getSource().getOutgoing().size() > 1;
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyTaskTellsWhoeverDoesItWhatItIsFor(Path file) {
    for (var task : read(file).getModelElementsByType(Task.class)) {
      assertThat(task.getDocumentations()).as(task.getId()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aServiceTaskItsStepAndItsLabelAreOneName(Path file) {
    for (var task : read(file).getModelElementsByType(ServiceTask.class)) {
      var name = task.getId().split("_")[1];
      assertThat(camelCase(task.getName())).as(task.getId()).isEqualTo(name);
      if (task.getCamundaTopic() != null) {
        assertThat(task.getCamundaTopic()).isEqualTo(name);
      } else {
        assertThat(task.getCamundaDelegateExpression()).isEqualTo("${" + name + "}");
        assertThat(STEPS).contains(capital(name));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void everyListenerIsAPublishedOne(Path file) {
    for (var listener : read(file).getModelElementsByType(CamundaTaskListener.class)) {
      var expression = listener.getCamundaDelegateExpression();
      assertThat(expression).matches("\\$\\{[a-zA-Z]+}");
      assertThat(STEPS).contains(capital(expression.substring(2, expression.length() - 1)));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aUserTaskHasItsFormBoundToTheLatestAndSomebodyToDoIt(Path file) {
    for (var task : read(file).getModelElementsByType(UserTask.class)) {
      var form = task.getName().toLowerCase(Locale.ROOT).replace(' ', '-');
      assertThat(task.getCamundaFormRef()).isEqualTo(form);
      assertThat(task.getCamundaFormRefBinding()).isEqualTo("latest");
      assertThat(FORMS.resolve(form + ".form")).exists();
      var isAssignedByListener = task.getCamundaCandidateGroups() == null;
      assertThat(isAssignedByListener)
          .as(task.getId())
          .isEqualTo(Set.of("userTask_improve", "userTask_readChange").contains(task.getId()));
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aDecisionIsBoundToItsLatestVersionAndThere(Path file) {
    for (var task : read(file).getModelElementsByType(BusinessRuleTask.class)) {
      assertThat(task.getCamundaDecisionRefBinding()).isEqualTo("latest");
      assertThat(PROCESSES.resolve(task.getCamundaDecisionRef() + ".dmn")).exists();
    }
  }

  @Test
  void eachTierHasAReminderAndALimitAtComputedDates() {
    var path = read(PROCESSES.resolve("escalation-path.bpmn"));
    for (var tier : List.of("FrontLine", "TeamLead", "DepartmentManager", "SeniorManagement")) {
      var task = path.<UserTask>getModelElementById("userTask_resolveAt" + tier);
      var timers = path.getModelElementsByType(BoundaryEvent.class).stream()
          .filter(event -> event.getAttachedTo().equals(task))
          .flatMap(event -> event
              .getChildElementsByType(
                  org.camunda.bpm.model.bpmn.instance.TimerEventDefinition.class)
              .stream())
          .flatMap(timer -> timer.getChildElementsByType(TimeDate.class).stream())
          .map(TimeDate::getTextContent)
          .toList();
      assertThat(timers).containsExactlyInAnyOrder("${tierReminderAt}", "${tierLimitAt}");
      assertThat(task.getCamundaDueDate()).isEqualTo("${tierLimitAt}");
    }
  }

  @Test
  void allMovesMeetInTheOneHub() {
    var path = read(PROCESSES.resolve("escalation-path.bpmn"));
    FlowNode hub = path.getModelElementById("serviceTask_handOver");
    assertThat(path.getModelElementsByType(ServiceTask.class).stream()
            .filter(task -> "${handOver}".equals(task.getCamundaDelegateExpression())))
        .containsExactly((ServiceTask) hub);
    assertThat(hub.getIncoming()).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aFormIsNamedAfterItsFile(Path file) throws IOException {
    var form = new ObjectMapper().readTree(file.toFile());
    assertThat(form.get("id").asText() + ".form").isEqualTo(file.getFileName().toString());
    assertThat(form.get("schemaVersion").asInt()).isEqualTo(16);
    assertThat(form.findValuesAsText("type"))
        .isSubsetOf(
            "default", "text", "textfield", "textarea", "select", "radio", "datetime", "checkbox");
  }

  private static String camelCase(String label) {
    var words = label.split("[^A-Za-z]+");
    var result = new StringBuilder(words[0].toLowerCase(Locale.ROOT));
    for (var i = 1; i < words.length; i++) {
      result.append(capital(words[i]));
    }
    return result.toString();
  }

  private static String capital(String word) {
    return Character.toUpperCase(word.charAt(0)) + word.substring(1);
  }
}
