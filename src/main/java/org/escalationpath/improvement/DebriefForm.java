package org.escalationpath.improvement;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.escalationpath.cases.FreeText;

/** Reads the improvement actions from the debrief's form: {@code action1, owner1, due1} and so on. */
final class DebriefForm {

  /** What has been read is kept with the action, and no longer in the process. */
  static final List<String> FIELDS = IntStream.rangeClosed(1, DebriefModel.MOST_ACTIONS)
      .boxed()
      .flatMap(i -> Stream.of("action" + i, "owner" + i, "due" + i))
      .toList();

  private DebriefForm() {}

  record Action(String title, String owner, Instant dueAt) {}

  /** @throws IllegalArgumentException naming the field and what to change */
  static List<Action> actions(Map<String, Object> fields) {
    var actions = new ArrayList<Action>();
    for (var i = 1; i <= DebriefModel.MOST_ACTIONS; i++) {
      var title = FreeText.optional("action " + i, fields.get("action" + i), 500);
      FreeText.optional("owner of action " + i, fields.get("owner" + i), 64);
      FreeText.optional("due date of action " + i, fields.get("due" + i), 10);
      if (title != null) {
        actions.add(new Action(
            title,
            FreeText.requireLine("owner of action " + i, fields.get("owner" + i), 64),
            due(i, FreeText.require("due date of action " + i, fields.get("due" + i), 10))));
      }
    }
    return actions;
  }

  /** Due on that day at 16:00 UTC, the end of a working day in Europe. */
  private static Instant due(int i, String date) {
    try {
      return LocalDate.parse(date).atTime(LocalTime.of(16, 0)).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "The due date of action " + i + " must be a day like 2026-12-31", e);
    }
  }
}
