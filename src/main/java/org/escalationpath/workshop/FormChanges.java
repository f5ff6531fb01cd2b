package org.escalationpath.workshop;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.escalationpath.workshop.Change.Kind;
import org.jspecify.annotations.Nullable;
import org.springframework.util.StringUtils;

/** What is different between two versions of a form: fields by their ids, and what is set on them. */
final class FormChanges {

  /** What a form editor writes about itself. */
  private static final Set<String> NOT_A_SETTING =
      Set.of("components", "exporter", "executionPlatform", "executionPlatformVersion");

  private final Form before;
  private final Form after;
  private final List<Change> changes = new ArrayList<>();

  FormChanges(Form before, Form after) {
    this.before = before;
    this.after = after;
  }

  Comparison all() {
    settings("the form", null, before.json(), after.json());
    var old = before.named();
    var now = after.named();
    now.forEach((id, field) -> {
      if (old.containsKey(id)) {
        settings("'" + field.label() + "'", id, old.get(id).json(), field.json());
      } else {
        add(Kind.ADDED, id, "new %s '%s'".formatted(field.type(), field.label()));
      }
    });
    old.forEach((id, field) -> {
      if (!now.containsKey(id)) {
        add(Kind.REMOVED, id, "the %s '%s' is gone".formatted(field.type(), field.label()));
      }
    });
    order(List.copyOf(old.keySet()), List.copyOf(now.keySet()), now);
    return new Comparison(changes, Map.of(before.id(), after.id()));
  }

  /** A field has moved if another one that was after it stands before it now. */
  private void order(List<String> old, List<String> now, Map<String, Form.Component> fields) {
    var last = -1;
    for (var id : now) {
      var place = old.indexOf(id);
      if (place >= 0 && place < last) {
        add(Kind.MOVED, id, "'%s' stands elsewhere".formatted(fields.get(id).label()));
      }
      last = Math.max(last, place);
    }
  }

  private void settings(String what, @Nullable String id, JsonNode before, JsonNode after) {
    var names = new LinkedHashSet<String>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    names.removeAll(NOT_A_SETTING);
    for (var name : names) {
      var old = before.path(name);
      var now = after.path(name);
      if (!old.equals(now)) {
        var isSaid = !value(old).equals(value(now));
        add(
            Kind.CHANGED,
            id,
            "%s, %s: %s → %s"
                .formatted(
                    what,
                    name,
                    isSaid ? value(old) : old.toString(),
                    isSaid ? value(now) : now.toString()));
      }
    }
  }

  private static String value(JsonNode node) {
    return node.isMissingNode() ? "nothing" : StringUtils.truncate(Form.plain(node), 200);
  }

  private void add(Kind kind, @Nullable String field, String words) {
    changes.add(new Change(kind, field, words));
  }
}
