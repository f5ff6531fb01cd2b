package org.escalationpath.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What Java sends into a model, so that it can be checked on deployment that the model waits for no more than that. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface ModelInterface {

  /** The key of the process. */
  String process();

  /** The variables that it is started with. */
  String[] startsWith() default {};

  Message[] messages() default {};

  Topic[] topics() default {};

  /** A message that Java correlates. */
  @interface Message {

    String name();

    /** The variables that come with it. */
    String[] brings() default {};
  }

  /** An external task that Java works on. */
  @interface Topic {

    String name();

    /** What is done, for owners. */
    String does();

    String[] reads() default {};

    String[] writes() default {};
  }
}
