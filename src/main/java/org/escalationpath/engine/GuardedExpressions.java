package org.escalationpath.engine;

import java.time.temporal.Temporal;
import java.util.Collection;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.dmn.engine.DmnDecisionResult;
import org.camunda.bpm.dmn.engine.DmnDecisionResultEntries;
import org.camunda.bpm.dmn.engine.DmnDecisionRuleResult;
import org.camunda.bpm.dmn.engine.DmnDecisionTableResult;
import org.camunda.bpm.engine.delegate.VariableScope;
import org.camunda.bpm.engine.impl.el.JuelExpressionManager;
import org.camunda.bpm.engine.impl.el.VariableContextElResolver;
import org.camunda.bpm.engine.impl.el.VariableScopeElResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ArrayELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.BeanELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.CompositeELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELException;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.ListELResolver;
import org.camunda.bpm.impl.juel.jakarta.el.MapELResolver;

/**
 * Expressions of models, decisions and filters, held to what an owner needs: variables, published steps, comparisons, the
 * results of decisions, and a few harmless methods of texts and dates. JUEL itself reaches any method of any bean by
 * reflection, so that whoever may deploy a model or store a filter would own the machine.
 */
class GuardedExpressions extends JuelExpressionManager {

  private static final Map<Class<?>, Set<String>> ALLOWED = Map.of(
      VariableScope.class,
          Set.of(
              "getVariable",
              "hasVariable",
              "processBusinessKey",
              "getProcessBusinessKey",
              "id",
              "assignee"),
      String.class,
          Set.of(
              "equals",
              "equalsIgnoreCase",
              "contains",
              "startsWith",
              "endsWith",
              "isEmpty",
              "length",
              "empty"),
      Number.class, Set.of("equals", "compareTo", "intValue", "longValue", "doubleValue"),
      Boolean.class, Set.of("equals"),
      Date.class, Set.of("before", "after", "equals", "getTime", "time"),
      Temporal.class, Set.of("isBefore", "isAfter", "equals"),
      Collection.class, Set.of("contains", "isEmpty", "size", "empty"),
      // Tasklist's own filters: ${now()}, ${dateTime().plusDays(1)}
      org.joda.time.base.AbstractInstant.class,
          Set.of(
              "toDate",
              "plusDays",
              "plusHours",
              "plusMinutes",
              "plusWeeks",
              "minusDays",
              "minusHours",
              "minusWeeks"));

  private static final Set<String> OF_DECISION_RESULTS = Set.of(
      "getSingleResult",
      "getFirstResult",
      "getSingleEntry",
      "getEntry",
      "singleResult",
      "firstResult",
      "size");

  private final ELResolver publishedBeans;

  GuardedExpressions(ELResolver publishedBeans) {
    this.publishedBeans = publishedBeans;
  }

  @Override
  protected ELResolver createElResolver() {
    var resolver = new CompositeELResolver();
    resolver.add(new VariableScopeElResolver());
    resolver.add(new VariableContextElResolver());
    resolver.add(publishedBeans);
    resolver.add(new ArrayELResolver(true));
    resolver.add(new GuardedMethods());
    resolver.add(new ListELResolver(true));
    resolver.add(new MapELResolver(true));
    return resolver;
  }

  private static boolean isAllowed(Object base, String member) {
    if (isDecisionResult(base)) {
      return !(base instanceof Map) || OF_DECISION_RESULTS.contains(member);
    }
    return ALLOWED.entrySet().stream()
        .anyMatch(entry -> entry.getKey().isInstance(base) && entry.getValue().contains(member));
  }

  private static boolean isDecisionResult(Object base) {
    return base instanceof DmnDecisionResult
        || base instanceof DmnDecisionTableResult
        || base instanceof DmnDecisionResultEntries
        || base instanceof DmnDecisionRuleResult;
  }

  private static void check(Object base, Object member) {
    if (member == null || !isAllowed(base, member.toString())) {
      throw new ELException("An expression may not use '" + member + "' of a "
          + base.getClass().getSimpleName()
          + "; allowed are variables, published steps, comparisons and the results of decisions");
    }
  }

  /** Properties and methods of objects, where they are on the list. */
  private static class GuardedMethods extends BeanELResolver {

    @Override
    public Object getValue(ELContext context, Object base, Object property) {
      if (base == null || base instanceof Map || base instanceof java.util.List) {
        return null;
      }
      check(base, property);
      return super.getValue(context, base, property);
    }

    @Override
    public void setValue(ELContext context, Object base, Object property, Object value) {
      if (base != null) {
        throw new ELException("An expression may not change '" + property + "'");
      }
    }

    @Override
    public Object invoke(
        ELContext context, Object base, Object method, Class<?>[] types, Object[] arguments) {
      if (base != null) {
        if (isDecisionResult(base) && !OF_DECISION_RESULTS.contains(String.valueOf(method))) {
          throw new ELException(
              "An expression may not call '" + method + "' of a decision's result");
        }
        check(base, method);
      }
      return super.invoke(context, base, method, types, arguments);
    }
  }
}
