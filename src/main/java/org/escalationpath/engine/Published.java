package org.escalationpath.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.stereotype.Component;

/**
 * A Java delegate or listener that models may name: <code>${notifyCustomer}</code> finds {@code NotifyCustomer}. No other
 * bean can be reached from an expression.
 */
@Component
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Published {}
