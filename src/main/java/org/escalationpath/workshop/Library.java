package org.escalationpath.workshop;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.util.StringUtils;

/** Models, decisions and forms that work together, read; what could not be read is a finding. */
final class Library {

  /** Larger than any model that people draw. */
  static final int LARGEST_FILE = 2_000_000;

  private static final String TIERS = "tiers";

  /** All that was read, also what has the same key as another file: each is looked at. */
  private final List<Drawing> drawings = new ArrayList<>();

  private final List<Table> tables = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();
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
    drawings.stream().filter(each -> library.has(each.file())).forEach(library.drawings::add);
    tables.stream().filter(each -> library.has(each.file())).forEach(library.tables::add);
    forms.stream().filter(each -> library.has(each.file())).forEach(library.forms::add);
    new TreeMap<>(files).forEach(library::add);
    return library;
  }

  private boolean has(String file) {
    return contents.containsKey(file);
  }

  private void add(String name, byte[] content) {
    contents.put(name, content);
    if (content.length > LARGEST_FILE) {
      unreadable.add(file(Rule.TOO_LARGE_A_FILE, name, content.length, LARGEST_FILE));
      return;
    }
    try {
      switch (ending(name)) {
        case "bpmn" -> drawings.add(Drawing.read(name, content));
        case "dmn" -> tables.addAll(Table.read(name, content));
        case "form" -> forms.add(Form.read(name, content));
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
    return drawings;
  }

  Optional<Drawing> drawing(String key) {
    return latest(drawings, each -> each.key().equals(key));
  }

  Collection<Table> tables() {
    return tables;
  }

  Optional<Table> table(String id) {
    return latest(tables, each -> each.id().equals(id));
  }

  Collection<Form> forms() {
    return forms;
  }

  Optional<Form> form(String id) {
    return latest(forms, each -> each.id().equals(id));
  }

  /** What was added last counts. */
  private static <T> Optional<T> latest(List<T> all, Predicate<T> is) {
    return all.stream().filter(is).reduce((earlier, later) -> later);
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
