package org.escalationpath.workshop;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.escalationpath.engine.Expressions;
import org.escalationpath.engine.Feel;
import org.escalationpath.engine.StepRemark;

/** Whether a form can be shown, asks for what its task needs, and asks for nothing that nobody reads. */
class FormCheck {

  /** What the form library in Tasklist shows. */
  private static final int NEWEST_SCHEMA = 16;

  private static final Set<String> COMPONENTS = Set.of(
      "default",
      "text",
      "textfield",
      "textarea",
      "number",
      "datetime",
      "checkbox",
      "radio",
      "select",
      "checklist",
      "taglist",
      "group",
      "separator",
      "spacer");

  /** Markdown is enough for texts: no tag of HTML, no character by its number, no link but to the web, by mail or from a variable. */
  private static final Pattern CODE = Pattern.compile(
      "<[a-zA-Z/!?]|&#|\\]\\(\\s*(?!https?://|mailto:|\\{\\{|/[^/])|(?i)javascript\\s*:|data:text/html");

  private static final Set<String> SHOWN = Set.of("brief", "subject", "customer", "caseLink");

  void check(Form form, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    if (form.schemaVersion() > NEWEST_SCHEMA) {
      findings.accept(
          form.finding(Rule.FORM_OF_ANOTHER_VERSION, form.schemaVersion(), NEWEST_SCHEMA));
    }
    var keys = new HashSet<String>();
    for (var component : form.components()) {
      if (!COMPONENTS.contains(component.type())) {
        findings.accept(form.finding(Rule.UNSUPPORTED_COMPONENT, component, component.type()));
      }
      component
          .key()
          .filter(key -> !keys.add(key))
          .ifPresent(key -> findings.accept(form.finding(Rule.DUPLICATE_KEY, component, key)));
    }
    form.texts().stream()
        .filter(text -> text.startsWith("="))
        .forEach(text -> Feel.expression(text.substring(1))
            .forbidden()
            .forEach(why ->
                findings.accept(form.finding(Rule.FORBIDDEN_EXPRESSION, shortened(text), why))));
    form.texts().stream()
        .filter(text -> !text.startsWith("=") && CODE.matcher(text).find())
        .forEach(text -> findings.accept(
            form.finding(Rule.FOREIGN_CODE, "a script in the text '" + shortened(text) + "'")));
    library
        .drawings()
        .forEach(drawing -> drawing.all(UserTask.class).stream()
            .filter(task -> form.id().equals(task.getCamundaFormRef()))
            .forEach(task -> checkAnswers(form, drawing, task, library, findings)));
    checkUse(form, library, surroundings, findings);
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }

  /** Each answer is read by something in a process that shows the form. */
  private static void checkUse(
      Form form, Library library, Surroundings surroundings, Consumer<Finding> findings) {
    var users =
        library.drawings().stream().filter(drawing -> shows(drawing, form)).toList();
    if (users.isEmpty()) {
      return;
    }
    var read = new HashSet<String>();
    var set = new HashSet<>(SHOWN);
    users.forEach(drawing -> {
      var variables = new Variables(drawing, library, surroundings);
      variables.steps().forEach(use -> {
        read.addAll(use.step().reads());
        read.addAll(use.step().readsIfSet());
      });
      variables
          .expressions()
          .forEach(each -> read.addAll(Expressions.read(each.text()).variables()));
      set.addAll(variables.set());
    });
    library
        .tables()
        .forEach(table -> table.columns().forEach(column -> read.add(column.expression())));
    if (form.field(StepRemark.FIELD).isEmpty()) {
      findings.accept(form.finding(Rule.REMARK_MISSING, StepRemark.FIELD));
    }
    for (var component : form.components()) {
      component.key().ifPresent(key -> {
        if (component.isReadOnly()) {
          if (!set.contains(key)) {
            findings.accept(form.finding(Rule.TEXT_UNKNOWN, component, key));
          }
        } else if (!read.contains(key)
            && !key.startsWith("question")
            && !StepRemark.FIELDS.contains(key)) {
          findings.accept(form.finding(Rule.ANSWER_UNUSED, component, key));
        }
      });
    }
  }

  private static boolean shows(Drawing drawing, Form form) {
    return drawing.all(UserTask.class).stream()
            .anyMatch(task -> form.id().equals(task.getCamundaFormRef()))
        || drawing.all(StartEvent.class).stream()
            .anyMatch(event -> form.id().equals(event.getCamundaFormRef()));
  }

  /** A tier's form asks how it went on, and for what each answer needs. */
  private static void checkAnswers(
      Form form, Drawing drawing, UserTask task, Library library, Consumer<Finding> findings) {
    var tier = Drawing.groups(task).stream().filter(library.tiers()::contains).findFirst();
    if (!drawing.key().equals(PathCheck.KEY)
        || tier.isEmpty()
        || !Variables.listeners(task).contains("writeBrief")) {
      return;
    }
    var tiers = library.tiers();
    var isLast = tiers.indexOf(tier.get()) == tiers.size() - 1;
    var outcome = form.field("outcome");
    var values = outcome.map(Form.Component::values).orElse(List.of());
    if (!values.contains("resolve")) {
      findings.accept(
          form.finding(Rule.OUTCOME_MISSING, "resolve", "A case could not be solved there."));
    }
    if (!isLast && !values.contains("escalate")) {
      findings.accept(form.finding(
          Rule.OUTCOME_MISSING,
          "escalate",
          "A case that is too much for the tier could not climb."));
    }
    values.stream()
        .filter(value -> !Set.of("resolve", "escalate", "return").contains(value))
        .forEach(value -> findings.accept(form.finding(Rule.UNKNOWN_OUTCOME, value)));
    require(form, "outcome", "always", findings);
    require(form, "solution", "where the outcome is 'resolve'", findings);
    if (values.contains("escalate")) {
      require(form, "reason", "where the outcome is 'escalate'", findings);
    }
    if (values.contains("escalate") || values.contains("return")) {
      require(form, "note", "where the case is handed over", findings);
    }
  }

  private static void require(Form form, String key, String when, Consumer<Finding> findings) {
    if (form.field(key).filter(Form.Component::isRequired).isEmpty()) {
      findings.accept(form.finding(Rule.ANSWER_NOT_REQUIRED, key, when));
    }
  }
}
