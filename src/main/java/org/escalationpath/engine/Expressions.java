package org.escalationpath.engine;

import java.util.LinkedHashSet;
import java.util.Set;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.AstMethod;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

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
