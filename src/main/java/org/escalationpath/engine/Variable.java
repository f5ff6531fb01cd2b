package org.escalationpath.engine;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Optional;
import java.util.function.Function;
import org.camunda.bpm.engine.delegate.VariableScope;

/**
 * A process variable with a Java type. It is stored as text, number, flag or date, so that gateways, timers, forms and
 * auditors can read it.
 *
 * @param <T> what Java sees
 */
public final class Variable<T> {

  private final String name;
  private final Function<T, Object> store;
  private final Function<Object, T> load;

  private Variable(String name, Function<T, Object> store, Function<Object, T> load) {
    this.name = name;
    this.store = store;
    this.load = load;
  }

  public static Variable<String> text(String name) {
    return text(name, Function.identity());
  }

  /** A value written as its {@code toString()} and read back by {@code parse}. */
  public static <T> Variable<T> text(String name, Function<String, T> parse) {
    return new Variable<>(name, Object::toString, stored -> parse.apply(stored.toString()));
  }

  public static Variable<Integer> number(String name) {
    return new Variable<>(name, number -> number, stored -> ((Number) stored).intValue());
  }

  public static Variable<Boolean> flag(String name) {
    return new Variable<>(name, flag -> flag, stored -> Boolean.valueOf(stored.toString()));
  }

  /** An instant, cut to seconds because deadlines are whole seconds; timers need it as a date. */
  public static Variable<Instant> moment(String name) {
    return new Variable<>(
        name,
        moment -> Date.from(moment.truncatedTo(ChronoUnit.SECONDS)),
        stored -> ((Date) stored).toInstant());
  }

  public String name() {
    return name;
  }

  /** @throws IllegalStateException if the variable is not set */
  public T from(VariableScope scope) {
    return in(scope)
        .orElseThrow(() -> new IllegalStateException("Process variable '" + name + "' is not set"));
  }

  /** The value, or nothing where the variable is missing, null or an empty text. */
  public Optional<T> in(VariableScope scope) {
    return read(scope.getVariable(name));
  }

  private Optional<T> read(Object stored) {
    return stored == null || stored.equals("") ? Optional.empty() : Optional.of(load.apply(stored));
  }

  /** What is so already is not written again. */
  public void set(VariableScope scope, T value) {
    var stored = store.apply(value);
    if (!stored.equals(scope.getVariable(name))) {
      scope.setVariable(name, stored);
    }
  }

  public void setLocal(VariableScope scope, T value) {
    scope.setVariableLocal(name, store.apply(value));
  }

  /** Sets the variable to null, so that expressions can still name it. */
  public void clear(VariableScope scope) {
    if (!scope.hasVariable(name) || scope.getVariable(name) != null) {
      scope.setVariable(name, null);
    }
  }

  /** What the engine stores for {@code value}. */
  public Object stored(T value) {
    return store.apply(value);
  }
}
