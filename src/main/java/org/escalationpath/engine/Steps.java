package org.escalationpath.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * What models may use of Java, as the classes say it of themselves: steps, listeners, external tasks, and what Java sends into a
 * model. Read from the class path, so that models can be checked where nothing runs.
 */
public final class Steps {

  private static final String OURS = "org.escalationpath";
  private static final Steps PUBLISHED = read();

  private final Map<String, Step> steps;
  private final List<ModelInterface> models;

  private Steps(Map<String, Step> steps, List<ModelInterface> models) {
    this.steps = steps;
    this.models = models;
  }

  public static Steps published() {
    return PUBLISHED;
  }

  /**
   * A delegate or listener that models may name.
   *
   * @param name {@code notifyCustomer}, for <code>${notifyCustomer}</code>
   * @param label {@code Notify customer}
   * @param isListener whether it belongs on a user task as a task listener, and not in a box of its own
   * @param does a sentence that goes on from its label
   */
  public record Step(
      String name,
      String label,
      boolean isListener,
      String does,
      List<Published.Input> inputs,
      List<String> reads,
      List<String> readsIfSet,
      List<String> writes) {

    /** The expression that calls it. */
    public String expression() {
      return "${" + name + "}";
    }

    /** The id of its first box, {@code serviceTask_notifyCustomer}. */
    public String elementId() {
      return "serviceTask_" + name;
    }
  }

  /** All of them by name, in the order of their labels. */
  public List<Step> all() {
    return List.copyOf(steps.values());
  }

  public Optional<Step> find(String name) {
    return Optional.ofNullable(steps.get(name));
  }

  /** What Java sends into the process; nothing for one that Java does not know. */
  public Optional<ModelInterface> model(String process) {
    return models.stream().filter(model -> model.process().equals(process)).findFirst();
  }

  /** What Java sends into which process, by the processes' keys. */
  public List<ModelInterface> models() {
    return models;
  }

  /** The external tasks that Java works on. */
  public List<ModelInterface.Topic> topics() {
    return models.stream().flatMap(model -> Stream.of(model.topics())).toList();
  }

  private static Steps read() {
    var steps = annotated(Published.class).stream()
        .map(Steps::step)
        .sorted(Comparator.comparing(Step::label))
        .collect(Collectors.toMap(
            Step::name, Function.identity(), (one, other) -> one, java.util.LinkedHashMap::new));
    var models = annotated(ModelInterface.class).stream()
        .map(type -> type.getAnnotation(ModelInterface.class))
        .sorted(Comparator.comparing(ModelInterface::process))
        .toList();
    return new Steps(steps, models);
  }

  private static List<Class<?>> annotated(Class<? extends java.lang.annotation.Annotation> mark) {
    var scanner = new ClassPathScanningCandidateComponentProvider(false);
    scanner.addIncludeFilter(new AnnotationTypeFilter(mark));
    var found = new ArrayList<Class<?>>();
    for (BeanDefinition candidate : scanner.findCandidateComponents(OURS)) {
      found.add(
          ClassUtils.resolveClassName(candidate.getBeanClassName(), Steps.class.getClassLoader()));
    }
    return found;
  }

  private static Step step(Class<?> type) {
    var published = type.getAnnotation(Published.class);
    var words =
        type.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    return new Step(
        StringUtils.uncapitalize(type.getSimpleName()),
        published.label().isEmpty() ? StringUtils.capitalize(words) : published.label(),
        TaskListener.class.isAssignableFrom(type),
        published.does(),
        List.of(published.inputs()),
        List.of(published.reads()),
        List.of(published.readsIfSet()),
        List.of(published.writes()));
  }
}
