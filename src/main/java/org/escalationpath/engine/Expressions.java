package org.escalationpath.engine;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.impl.juel.AstBinary;
import org.camunda.bpm.impl.juel.AstBoolean;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstEval;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstLiteral;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.AstNested;
import org.camunda.bpm.impl.juel.AstNull;
import org.camunda.bpm.impl.juel.AstNumber;
import org.camunda.bpm.impl.juel.AstString;
import org.camunda.bpm.impl.juel.AstUnary;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;
import org.jspecify.annotations.Nullable;

/** What an expression of a model would do, read with the engine's own parser and without running it. */
public final class Expressions {

  private static final int LONGEST = 1_000;
  private static final int DEEPEST = 50;
  private static final Set<String> OF_A_DECISION =
      Set.of("getSingleResult", "getFirstResult", "getSingleEntry", "size");
  private static final String BUSINESS_KEY = "execution.processBusinessKey";
  private static final String DECISION_RESULT = "decisionResult";
  private static final Builder BUILDER = new Builder(Builder.Feature.METHOD_INVOCATIONS);

  private Expressions() {}

  /**
   * @param variables the names that it reads, steps among them
   * @param results the outputs of a decision that it reads, {@code tier} of <code>${decisionResult.getSingleResult().tier}</code>
   * @param forbidden what it may not do, in words; nothing where it is allowed
   */
  public record Reading(Set<String> variables, Set<String> results, Set<String> forbidden) {}

  /** Whether {@code text} is an expression, or a text with one in it. */
  public static boolean isExpression(String text) {
    return text.contains("${") || text.contains("#{");
  }

  /** Allowed are variables, texts and numbers, comparisons, and the single result of a decision. */
  public static Reading read(String text) {
    var reading = new Reading(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    if (text.length() > LONGEST) {
      reading.forbidden().add("is longer than " + LONGEST + " characters");
      return reading;
    }
    try {
      walk(BUILDER.build(text).getRoot(), reading, 0);
    } catch (TreeBuilderException e) {
      reading.forbidden().add("cannot be read: " + e.getMessage());
    } catch (StackOverflowError e) {
      reading.forbidden().add("is nested too deeply");
    }
    return reading;
  }

  /**
   * Whether a condition is true, with what is known of the variables.
   *
   * @param known the values of those that are known; null for one that is known to be empty
   * @return nothing where it hangs on what is not known, or is more than comparisons of variables with texts
   */
  public static Optional<Boolean> truth(String condition, Map<String, @Nullable String> known) {
    try {
      return truth(BUILDER.build(condition).getRoot(), known);
    } catch (TreeBuilderException e) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> truth(Node node, Map<String, @Nullable String> known) {
    if (node instanceof AstEval || node instanceof AstNested) {
      return truth(node.getChild(0), known);
    }
    if (node instanceof AstUnary not && not.getOperator() == AstUnary.NOT) {
      return truth(not.getChild(0), known).map(value -> !value);
    }
    if (node instanceof AstUnary empty && empty.getOperator() == AstUnary.EMPTY) {
      return value(empty.getChild(0), known)
          .map(value -> value.text() == null || value.text().isEmpty());
    }
    if (!(node instanceof AstBinary both)) {
      return value(node, known).map(value -> "true".equals(value.text()));
    }
    if (both.getOperator() == AstBinary.AND || both.getOperator() == AstBinary.OR) {
      var isOr = both.getOperator() == AstBinary.OR;
      var one = truth(both.getChild(0), known);
      var other = truth(both.getChild(1), known);
      if (one.filter(value -> value == isOr).isPresent()
          || other.filter(value -> value == isOr).isPresent()) {
        return Optional.of(isOr);
      }
      return one.isPresent() && other.isPresent() ? Optional.of(!isOr) : Optional.empty();
    }
    if (both.getOperator() == AstBinary.EQ || both.getOperator() == AstBinary.NE) {
      var one = value(both.getChild(0), known);
      var other = value(both.getChild(1), known);
      return one.isPresent() && other.isPresent()
          ? Optional.of(one.get().equals(other.get()) == (both.getOperator() == AstBinary.EQ))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private record Value(@Nullable String text) {}

  private static Optional<Value> value(Node node, Map<String, @Nullable String> known) {
    if (node instanceof AstNested) {
      return value(node.getChild(0), known);
    }
    if (node instanceof AstIdentifier identifier) {
      return known.containsKey(identifier.getName())
          ? Optional.of(new Value(known.get(identifier.getName())))
          : Optional.empty();
    }
    if (node instanceof AstString
        || node instanceof AstBoolean
        || node instanceof AstNull
        || node instanceof AstNumber) {
      var literal = ((AstLiteral) node).eval(null, null);
      return Optional.of(new Value(literal == null ? null : literal.toString()));
    }
    return Optional.empty();
  }

  private static void walk(Node node, Reading reading, int depth) {
    if (depth > DEEPEST) {
      reading.forbidden().add("is nested too deeply");
      return;
    }
    if (node instanceof AstIdentifier identifier) {
      reading.variables().add(identifier.getName());
    } else if (node instanceof AstFunction function) {
      reading.forbidden().add("calls the function " + function.getName() + "()");
    } else if (node instanceof AstMethod method) {
      walkMethod(method, reading);
      return;
    } else if (node instanceof AstDot dot) {
      walkProperty(dot, reading);
      return;
    } else if (node instanceof AstBracket) {
      reading.forbidden().add("reads a part of something with brackets");
    }
    for (var child = 0; child < node.getCardinality(); child++) {
      walk(node.getChild(child), reading, depth + 1);
    }
  }

  private static void walkMethod(AstMethod method, Reading reading) {
    if (!isOfADecision(method)) {
      reading.forbidden().add("calls the method " + lastName(method.getChild(0)) + "()");
    }
  }

  private static void walkProperty(AstDot dot, Reading reading) {
    if (dot.getChild(0) instanceof AstMethod method && isOfADecision(method)) {
      reading.results().add(lastName(dot));
    } else if (dot.getChild(0) instanceof AstIdentifier whose
        && BUSINESS_KEY.equals(whose.getName() + "." + lastName(dot))) {
      reading.variables().add(whose.getName());
    } else {
      reading.forbidden().add("reads '" + lastName(dot) + "' of something");
    }
  }

  private static boolean isOfADecision(AstMethod method) {
    return method.getChild(0) instanceof AstDot dot
        && dot.getChild(0) instanceof AstIdentifier whose
        && whose.getName().equals(DECISION_RESULT)
        && OF_A_DECISION.contains(lastName(dot))
        && method.getChild(1).getCardinality() == 0;
  }

  /** The name after the dot; the engine's class keeps it to itself and writes it as {@code ". name"}. */
  private static String lastName(Node node) {
    return node.toString().replaceFirst("^\\. ", "");
  }
}
