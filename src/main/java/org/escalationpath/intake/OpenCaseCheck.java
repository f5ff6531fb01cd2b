package org.escalationpath.intake;

import java.util.Map;
import java.util.Set;
import org.escalationpath.engine.StartCheck;
import org.escalationpath.engine.TaskCheck;
import org.springframework.stereotype.Component;

/** Checks the form by which an agent opens a case from Tasklist. */
@Component
class OpenCaseCheck implements StartCheck {

  static final Set<String> FIELDS = Set.of(
      "customerName",
      "customerEmail",
      "customerPhone",
      "language",
      "preferredChannel",
      "segment",
      "subject",
      "description",
      "category",
      "product",
      "severity",
      "reason",
      "neededBy");

  @Override
  public void check(String processKey, Map<String, Object> submitted) {
    if (!processKey.equals("escalation-path")) {
      return;
    }
    TaskCheck.refuseOthers(submitted, FIELDS);
    CaseForm.read(submitted);
    if (String.valueOf(submitted.get("description")).length() > 4_000) {
      throw new IllegalArgumentException("'description' may have at most 4,000 characters here");
    }
  }
}
