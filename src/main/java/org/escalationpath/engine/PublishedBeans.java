package org.escalationpath.engine;

import java.util.Iterator;
import java.util.Set;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.impl.juel.jakarta.el.ELContext;
import org.camunda.bpm.impl.juel.jakarta.el.ELResolver;
import org.springframework.context.ApplicationContext;

/** Lets expressions find the beans marked {@link Published}, by name and only when asked, and nothing else of Spring. */
class PublishedBeans extends ELResolver {

  private final ApplicationContext context;
  private final Set<String> names;

  PublishedBeans(ApplicationContext context) {
    this.context = context;
    this.names = Set.of(context.getBeanNamesForAnnotation(Published.class));
  }

  @Override
  public Object getValue(ELContext elContext, Object base, Object property) {
    if (base == null && names.contains(property)) {
      elContext.setPropertyResolved(true);
      return context.getBean((String) property);
    }
    return null;
  }

  @Override
  public boolean isReadOnly(ELContext elContext, Object base, Object property) {
    return true;
  }

  @Override
  public void setValue(ELContext elContext, Object base, Object property, Object value) {
    if (base == null && names.contains(property)) {
      throw new ProcessEngineException("An expression may not replace the step '" + property + "'");
    }
  }

  @Override
  public Class<?> getType(ELContext elContext, Object base, Object property) {
    return base == null ? Object.class : null;
  }

  @Override
  public Iterator<java.beans.FeatureDescriptor> getFeatureDescriptors(
      ELContext elContext, Object base) {
    return null;
  }

  @Override
  public Class<?> getCommonPropertyType(ELContext elContext, Object base) {
    return base == null ? String.class : null;
  }
}
