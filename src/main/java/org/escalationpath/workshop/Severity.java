package org.escalationpath.workshop;

/** Whether a finding keeps a model from being deployed. */
public enum Severity {
  ERROR,
  WARNING
}
