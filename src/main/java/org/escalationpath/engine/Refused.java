package org.escalationpath.engine;

import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;

/** What a person submitted cannot be taken; the message says what to change. The engine's REST API answers 400 with it. */
public class Refused extends FormFieldValidationException {

  public Refused(IllegalArgumentException mistake) {
    super(null, mistake.getMessage(), mistake);
  }
}
