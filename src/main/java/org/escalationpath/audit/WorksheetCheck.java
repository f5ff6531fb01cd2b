package org.escalationpath.audit;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.FreeText;
import org.escalationpath.engine.TaskCheck;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Checks what is submitted with a worksheet: the questions of the form answered, and what is not conforming explained and followed up. */
@Component
class WorksheetCheck implements TaskCheck {

  /** Of all answers with their questions, and what stands between them. */
  private static final int LONGEST = 500;

  private static final int SEPARATORS = 5;

  @Override
  public void check(Task task, Map<String, Object> submitted) {
    if (!task.getTaskDefinitionKey().equals(WorksheetModel.TASK)) {
      return;
    }
    var questions = submitted.keySet().stream()
        .filter(field -> field.startsWith(WorksheetModel.QUESTION))
        .sorted()
        .toList();
    if (questions.isEmpty()) {
      throw new IllegalArgumentException("No question of the worksheet is answered");
    }
    var fields = new HashSet<>(questions);
    fields.addAll(Set.of("result", "finding", "action1", "owner1", "due1"));
    TaskCheck.refuseOthers(submitted, fields);
    var length = 0;
    for (var question : questions) {
      length += question.length()
          + FreeText.requireLine(question, submitted.get(question), 100).length()
          + SEPARATORS;
    }
    if (length > LONGEST) {
      throw new IllegalArgumentException(
          "The answers have %d characters together; at most %d are allowed"
              .formatted(length, LONGEST));
    }
    var result = oneOf("result", submitted.get("result"), WorksheetModel.RESULTS);
    if (result.equals("conforming")) {
      FreeText.optional("finding", submitted.get("finding"), 4_000);
    } else {
      FreeText.require("finding", submitted.get("finding"), 4_000);
      FreeText.require("action1", submitted.get("action1"), 500);
    }
  }

  private static String oneOf(String field, @Nullable Object value, List<String> allowed) {
    var text = FreeText.require(field, value, 20);
    if (!allowed.contains(text)) {
      throw new IllegalArgumentException(
          "'%s' must be one of %s".formatted(field, String.join(", ", allowed)));
    }
    return text;
  }
}
