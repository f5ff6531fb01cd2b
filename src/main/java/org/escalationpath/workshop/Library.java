package org.escalationpath.workshop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.util.StringUtils;

/** Models, decisions and forms that work together, read; what could not be read is a finding. */
final class Library {

  /** Larger than any model that people draw. */
  static final int LARGEST_FILE = 2_000_000;

  private static final String TIERS = "tiers";

  private final Map<String, Drawing> drawings = new LinkedHashMap<>();
  private final Map<String, Table> tables = new LinkedHashMap<>();
  private final Map<String, Form> forms = new LinkedHashMap<>();
  private final Map<String, byte[]> contents = new TreeMap<>();
  private final List<Finding> unreadable = new ArrayList<>();

  private Library() {}

  /** @param files their content by name, with or without folders */
  static Library of(Map<String, byte[]> files) {
    var library = new Library();
    new TreeMap<>(files).forEach(library::add);
    return library;
  }

  /** This library with {@code files} added, in place of those of the same bare names. */
  Library with(Map<String, byte[]> files) {
    var names = files.keySet().stream().map(StringUtils::getFilename).collect(Collectors.toSet());
    var library = new Library();
    contents.forEach((name, content) -> {
      if (!names.contains(StringUtils.getFilename(name))) {
        library.contents.put(name, content);
      }
    });
    drawings.forEach((key, each) -> library.keep(library.drawings, key, each, each.file()));
    tables.forEach((id, each) -> library.keep(library.tables, id, each, each.file()));
    forms.forEach((id, each) -> library.keep(library.forms, id, each, each.file()));
    new TreeMap<>(files).forEach(library::add);
    return library;
  }

  private <T> void keep(Map<String, T> all, String id, T each, String file) {
    if (contents.containsKey(file)) {
      all.put(id, each);
    }
  }

  private void add(String name, byte[] content) {
    contents.put(name, content);
    if (content.length > LARGEST_FILE) {
      unreadable.add(file(Rule.TOO_LARGE_A_FILE, name, content.length, LARGEST_FILE));
      return;
    }
    try {
      switch (ending(name)) {
        case "bpmn" -> {
          var drawing = Drawing.read(name, content);
          drawings.put(drawing.key(), drawing);
        }
        case "dmn" -> Table.read(name, content).forEach(table -> tables.put(table.id(), table));
        case "form" -> {
          var form = Form.read(name, content);
          forms.put(form.id(), form);
        }
        default -> unreadable.add(file(Rule.UNKNOWN_FILE, name));
      }
    } catch (RuntimeException | StackOverflowError e) {
      unreadable.add(file(Rule.UNREADABLE, name, reason(e)));
    }
  }

  private static Finding file(Rule rule, String name, Object... facts) {
    return Finding.of(rule, name, null, "The file " + StringUtils.getFilename(name), facts);
  }

  /** {@code bpmn}, {@code dmn} or {@code form}; the engine takes {@code bpmn20.xml} and {@code dmn11.xml} for such, too. */
  static String ending(String name) {
    var lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".bpmn20.xml")
        ? "bpmn"
        : lower.endsWith(".dmn11.xml")
            ? "dmn"
            : String.valueOf(StringUtils.getFilenameExtension(lower));
  }

  private static String reason(Throwable e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    var message =
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    message = message
        .lines()
        .findFirst()
        .orElse("")
        .replaceFirst("^Error: URI=null Line=(\\d+): ", "line $1: ")
        .replaceFirst("\\.$", "");
    return message.length() > 300 ? message.substring(0, 300) + "…" : message;
  }

  Collection<Drawing> drawings() {
    return drawings.values();
  }

  Optional<Drawing> drawing(String key) {
    return Optional.ofNullable(drawings.get(key));
  }

  Collection<Table> tables() {
    return tables.values();
  }

  Optional<Table> table(String id) {
    return Optional.ofNullable(tables.get(id));
  }

  Collection<Form> forms() {
    return forms.values();
  }

  Optional<Form> form(String id) {
    return Optional.ofNullable(forms.get(id));
  }

  /** The groups of the tiers, lowest first, as the table {@code tiers} has them; empty where there is none. */
  List<String> tiers() {
    return table(TIERS).stream()
        .flatMap(tiers -> tiers.rows().stream().flatMap(row -> tiers.said(row, "tier").stream()))
        .distinct()
        .toList();
  }

  List<Finding> unreadable() {
    return unreadable;
  }

  Set<String> files() {
    return new LinkedHashSet<>(contents.keySet());
  }

  byte[] content(String file) {
    return contents.get(file);
  }

  /** From 1: the first line in which {@code element} has its id; 1 where it cannot be found. */
  int line(String file, String element) {
    var text = new String(contents.getOrDefault(file, new byte[0]), StandardCharsets.UTF_8);
    var at = Math.max(text.indexOf("id=\"" + element + "\""), text.indexOf("\"" + element + "\""));
    return at < 0
        ? 1
        : 1 + (int) text.substring(0, at).chars().filter(each -> each == '\n').count();
  }
}
