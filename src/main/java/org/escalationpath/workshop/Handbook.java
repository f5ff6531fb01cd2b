package org.escalationpath.workshop;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.escalationpath.engine.Published;
import org.escalationpath.engine.Steps;

/** The pages of the documentation that say what the program knows of itself: its steps, and the rules that models are held to. */
final class Handbook {

  private Handbook() {}

  /** {@code docs/steps.md}. */
  static String steps() {
    var steps = Steps.published();
    return """
        # The steps a model may use

        Each is a service task with the delegate expression `${name}`, offered by the Modeler's palette (`processes/.camunda/element-templates`).
        Inputs are set on the box, the rest are variables of the case; those in parentheses are looked at where they are set. All of them
        read `caseNumber`. This page is made of what the steps say of themselves; `PaletteTest` keeps it equal.

        | step | what it does | inputs | reads | writes |
        |---|---|---|---|---|
        %s

        ## External tasks
        | topic | what is done | reads | writes |
        |---|---|---|---|
        %s

        ## Listeners of user tasks
        | listener | what it does | reads | writes |
        |---|---|---|---|
        %s

        ## Messages that models may wait for
        | process | starts with | messages, and what comes with them |
        |---|---|---|
        %s
        """.formatted(
            lines(steps.all().stream()
                .filter(step -> !step.isListener())
                .map(step -> "| %s `%s` | %s | %s | %s | %s |"
                    .formatted(
                        step.label(),
                        step.name(),
                        step.does(),
                        inputs(step.inputs()),
                        reads(step),
                        names(step.writes())))),
            lines(steps.topics().stream()
                .map(topic -> "| `%s` | %s | %s | %s |"
                    .formatted(
                        topic.name(),
                        topic.does(),
                        names(List.of(topic.reads())),
                        names(List.of(topic.writes()))))),
            lines(steps.all().stream()
                .filter(Steps.Step::isListener)
                .map(step -> "| `%s` | %s | %s | %s |"
                    .formatted(step.name(), step.does(), reads(step), names(step.writes())))),
            lines(steps.models().stream()
                .map(model -> "| `%s` | %s | %s |"
                    .formatted(
                        model.process(),
                        names(List.of(model.startsWith())),
                        Stream.of(model.messages())
                            .map(message -> "`%s`%s"
                                .formatted(
                                    message.name(),
                                    message.brings().length == 0
                                        ? ""
                                        : ": " + String.join(", ", message.brings())))
                            .collect(Collectors.joining("; "))))));
  }

  private static String lines(Stream<String> lines) {
    return lines.collect(Collectors.joining("\n"));
  }

  private static String inputs(List<Published.Input> inputs) {
    return inputs.isEmpty()
        ? "–"
        : inputs.stream().map(Handbook::input).collect(Collectors.joining("; "));
  }

  private static String input(Published.Input input) {
    var choices = input.choices().length == 0
        ? ""
        : " ("
            + Stream.of(input.choices())
                .map(each -> "`" + each + "`")
                .collect(Collectors.joining(", "))
            + ")";
    return "`%s`%s%s%s"
        .formatted(
            input.name(),
            input.isRequired() ? "" : ", optional",
            choices,
            input.does().isEmpty() ? "" : ": " + input.does());
  }

  private static String reads(Steps.Step step) {
    var must = step.reads().stream().map(each -> "`" + each + "`");
    var may = step.readsIfSet().stream().map(each -> "(`" + each + "`)");
    var all = Stream.concat(must, may).collect(Collectors.joining(" "));
    return all.isEmpty() ? "–" : all;
  }

  private static String names(List<String> names) {
    return names.isEmpty()
        ? "–"
        : names.stream().map(each -> "`" + each + "`").collect(Collectors.joining(" "));
  }

  /** {@code docs/rules.md}. */
  static String rules() {
    return """
        # What models are held to

        Every deployment is checked by these rules, whatever way it comes: from the Modeler, over REST, from the page *Models*, or at
        start-up. An **error** refuses the whole deployment, a **warning** lets it pass and is shown. `…` stands for what was found. This page
        is made of the rules themselves; `PaletteTest` keeps it equal.
        %s""".formatted(Arrays.stream(Rule.Topic.values())
        .map(topic -> """

                ## %s
                | rule | | what is wrong | why it matters | what to do |
                |---|---|---|---|---|
                %s
                """.formatted(
                topic.title(),
                lines(Arrays.stream(Rule.values())
                    .filter(rule -> rule.topic() == topic)
                    .map(Handbook::rule))))
        .collect(Collectors.joining()));
  }

  private static String rule(Rule rule) {
    var dots = new Object[] {"…", "…", "…", "…", "…"};
    return "| `%s` | %s | … %s | %s | %s |"
        .formatted(
            rule.code(),
            rule.severity() == Severity.ERROR ? "error" : "warning",
            rule.what(dots),
            rule.why(dots),
            rule.remedy(dots));
  }
}
