package org.escalationpath.engine;

import camundajar.impl.fastparse.Parsed;
import camundajar.impl.scala.Product;
import camundajar.impl.scala.collection.Iterable;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.camunda.feel.impl.parser.FeelParser;
import org.camunda.feel.syntaxtree.Exp;

/** What a FEEL expression of a decision would do, read with the engine's own parser and without running it. */
public final class Feel {

  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 6;
  private static final int MOST_WORDS = 6;

  /** Nothing but texts, in which such words and brackets cost nothing. */
  private static final Pattern TEXTS =
      Pattern.compile("\\s*\"(?:[^\"\\\\]|\\\\.)*+\"(?:\\s*,\\s*\"(?:[^\"\\\\]|\\\\.)*+\")*+\\s*");

  private static final Pattern COSTLY =
      Pattern.compile("\\b(if|in|not|between|instance|get|or|and)\\b");

  /** They can call Java, or go on for ever. */
  private static final Set<String> FORBIDDEN = Set.of(
      "Exponentiation",
      "For",
      "SomeItem",
      "EveryItem",
      "IterationContext",
      "FunctionDefinition",
      "JavaFunctionInvocation",
      "QualifiedFunctionInvocation");

  private static final Set<String> FUNCTIONS = Set.of(
      "not",
      "contains",
      "starts with",
      "ends with",
      "lower case",
      "upper case",
      "string length",
      "substring",
      "list contains",
      "number",
      "string",
      "date",
      "time",
      "date and time",
      "duration",
      "is defined",
      "min",
      "max",
      "sum",
      "count",
      "abs",
      "modulo",
      "get or else");

  private Feel() {}

  /**
   * @param variables the names that it reads
   * @param forbidden what it may not do, or why it cannot be read, in words; nothing where it is allowed
   */
  public record Reading(Set<String> variables, Set<String> forbidden, boolean isReadable) {}

  /** A cell on the left side of a table, {@code "high", "urgent"} or {@code < 8}. */
  public static Reading unaryTests(String text) {
    return read(text, true);
  }

  /** An expression, {@code if category = null then "policy" else category}. */
  public static Reading expression(String text) {
    return read(text, false);
  }

  private static Reading read(String text, boolean isTest) {
    var reading = new Reading(new LinkedHashSet<>(), new LinkedHashSet<>(), true);
    if (text.length() > LONGEST) {
      return unreadable("it is longer than " + LONGEST + " characters");
    }
    if (!TEXTS.matcher(text).matches()) {
      if (depth(text) > DEEPEST) {
        return unreadable("it is nested too deeply");
      }
      if (COSTLY.matcher(text).results().count() > MOST_WORDS) {
        return unreadable(
            "it has more than %d words like 'if', 'or' and 'in'; split it into several rules"
                .formatted(MOST_WORDS));
      }
    }
    try {
      Parsed<Exp> parsed =
          isTest ? FeelParser.parseUnaryTests(text) : FeelParser.parseExpression(text);
      if (!(parsed instanceof Parsed.Success<Exp> success)) {
        return unreadable("it is no FEEL");
      }
      walk(success.value(), reading);
      return reading;
    } catch (StackOverflowError e) {
      return unreadable("it is nested too deeply");
    } catch (RuntimeException e) {
      return unreadable("it is no FEEL");
    }
  }

  /** How many brackets are open at once, at most; before the parser tries, whose stack may be short. */
  private static int depth(String text) {
    var open = 0;
    var deepest = 0;
    for (var each : text.toCharArray()) {
      open += "([{".indexOf(each) >= 0 ? 1 : ")]}".indexOf(each) >= 0 ? -1 : 0;
      deepest = Math.max(deepest, open);
    }
    return deepest;
  }

  private static Reading unreadable(String why) {
    return new Reading(Set.of(), Set.of(why), false);
  }

  private static void walk(Object node, Reading reading) {
    var kind = node.getClass().getSimpleName();
    if (FORBIDDEN.contains(kind)) {
      reading.forbidden().add("has a loop or a function of its own");
    } else if (kind.equals("FunctionInvocation") && node instanceof Product call) {
      if (!FUNCTIONS.contains(String.valueOf(call.productElement(0)))) {
        reading.forbidden().add("calls '" + call.productElement(0) + "'");
      }
    } else if (kind.equals("Ref")
        && node instanceof Product ref
        && ref.productElement(0) instanceof Iterable<?> names) {
      reading.variables().add(String.valueOf(names.head()));
      return;
    }
    if (node instanceof Iterable<?> children) {
      children.iterator().foreach(child -> {
        walk(child, reading);
        return null;
      });
    } else if (node instanceof Product parent) {
      parent.productIterator().foreach(child -> {
        walk(child, reading);
        return null;
      });
    }
  }
}
