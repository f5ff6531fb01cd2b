package org.escalationpath.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/**
 * A Java delegate or listener that models may name: <code>${notifyCustomer}</code> finds {@code NotifyCustomer}. No other
 * bean can be reached from an expression. What it says of itself here is what owners read in the Modeler's palette and in
 * {@code docs/steps.md}, and what deployed models are checked against. That a step reads {@code caseNumber} goes without saying.
 */
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Published {

  /** What it does, for owners: a sentence that goes on from its name, without a full stop. */
  String does();

  /** Its label, where that is not the name of the class in words. */
  String label() default "";

  /** What is set on the box itself. */
  Input[] inputs() default {};

  /** Variables that must be set when it runs. */
  String[] reads() default {};

  /** Variables that it looks at where they are set. */
  String[] readsIfSet() default {};

  /** Variables that it sets. */
  String[] writes() default {};

  /** An input parameter of a step's box. */
  @interface Input {

    String name();

    String label();

    /** What it is for. */
    String does() default "";

    /** The values it may have; any where there are none. */
    String[] choices() default {};

    /** What it is about: names of messages' texts, which are checked. */
    boolean isTemplate() default false;

    boolean isRequired() default false;
  }
}
