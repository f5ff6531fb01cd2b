package org.escalationpath.imports;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.What;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * What the columns of another system's log mean, as a mapping file says it; {@code docs/imports.md} explains each word. A row is
 * either how a case stood after an update ({@code state}), or something that happened to it ({@code activity}).
 *
 * @param format {@code csv} or {@code xes}
 * @param caseColumn the column with the case's number there
 * @param opened the column with the instant of opening, in the same form as {@code time}; without it the first row opens the case
 * @param state rules, the first that fits says how the case stood; where none fits it is {@code open}
 * @param activity what each value of a column means, as the ledger's words have it
 * @param claimed which rows say that somebody has taken the case
 * @param automatic which messages no person wrote
 * @param reason why cases are escalated there
 */
record Mapping(
    String format,
    @Nullable String delimiter,
    @JsonProperty("case") String caseColumn,
    Time time,
    @Nullable String opened,
    Values tier,
    @Nullable List<StateRule> state,
    @Nullable Values activity,
    @Nullable Map<String, List<String>> claimed,
    @Nullable Map<String, List<String>> automatic,
    @Nullable Values priority,
    @Nullable Values category,
    @Nullable Values product,
    @Nullable Values channel,
    @Nullable Values segment,
    @Nullable String customer,
    @Nullable String reason) {

  static final int LONGEST = 100_000;

  /** How a case stands. */
  static final Set<String> STATES = Set.of("open", "waiting", "resolved", "closed", "withdrawn");

  /** What may happen to an imported case. */
  static final Set<What> ACTIVITIES = Set.of(
      What.OPENED,
      What.TRIAGED,
      What.CLAIMED,
      What.MESSAGE_RECEIVED,
      What.MESSAGE_SENT,
      What.ESCALATED,
      What.RETURNED,
      What.PAUSED,
      What.RESUMED,
      What.SOLUTION_PROPOSED,
      What.REJECTED,
      What.REOPENED,
      What.CLOSED,
      What.CLOSED_UNRESOLVED,
      What.WITHDRAWN);

  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .build();

  /**
   * When something happened.
   *
   * @param format {@code iso}, or a pattern like {@code d/M/yyyy HH:mm}
   * @param zone of times that do not say theirs, {@code Europe/Stockholm}
   */
  record Time(
      String column, @Nullable String format, @Nullable String zone) {

    Times reader() {
      try {
        var of = zone == null ? null : ZoneId.of(zone);
        return format == null || format.equals("iso")
            ? Times.iso(of)
            : new Times(DateTimeFormatter.ofPattern(format, Locale.ENGLISH), of);
      } catch (DateTimeException | IllegalArgumentException e) {
        throw bad(
            "time",
            "'%s' with zone '%s' is no form of times: %s".formatted(format, zone, e.getMessage()));
      }
    }
  }

  /**
   * Where a value comes from.
   *
   * @param column null where all rows have the same
   * @param value the same for all rows
   * @param values what the column's values mean; without them a value means itself
   */
  record Values(
      @Nullable String column,
      @Nullable String value,
      @Nullable Map<String, String> values) {

    /** What the row says; null where the column is empty, or its value means nothing. */
    @Nullable
    String of(UnaryOperator<@Nullable String> row) {
      var said = column == null ? value : row.apply(column);
      return said == null || values == null || column == null ? said : values.get(said);
    }
  }

  /**
   * @param when for each column the values that fit
   * @param is one of {@link #STATES}
   */
  record StateRule(Map<String, List<String>> when, String is) {}

  /** Whether all of the columns have one of these values. */
  static boolean fits(Map<String, List<String>> when, UnaryOperator<@Nullable String> row) {
    return when.entrySet().stream()
        .allMatch(each -> each.getValue().contains(row.apply(each.getKey())));
  }

  /**
   * Reads a mapping file.
   *
   * @param tiers the groups of the tiers that there are
   * @throws BadInput saying what is wrong with it and what to write instead
   */
  static Mapping read(String text, List<String> tiers) {
    if (text.length() > LONGEST) {
      throw bad("mapping", "the mapping has more than %d characters".formatted(LONGEST));
    }
    try {
      var options = new LoaderOptions();
      options.setMaxAliasesForCollections(0);
      Object parsed = new Yaml(new SafeConstructor(options)).load(text);
      if (!(parsed instanceof Map)) {
        throw bad("mapping", "the mapping is empty, or no list of words and what they mean");
      }
      var mapping = JSON.convertValue(parsed, Mapping.class);
      mapping.check(tiers);
      return mapping;
    } catch (YAMLException e) {
      throw bad("mapping", "the mapping is no YAML: " + e.getMessage());
    } catch (IllegalArgumentException e) {
      if (e instanceof BadInput input) {
        throw input;
      }
      throw bad(
          "mapping",
          e.getCause() instanceof UnrecognizedPropertyException unknown
              ? "there is no word '%s'; there are %s"
                  .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds())
              : "the mapping is not understood: " + e.getMessage());
    }
  }

  private void check(List<String> tiers) {
    if (format == null || !Set.of("csv", "xes").contains(format)) {
      throw bad("format", "write format: csv, or format: xes");
    }
    if (delimiter != null && delimiter.length() != 1) {
      throw bad("delimiter", "write one character, delimiter: \";\"");
    }
    if (caseColumn == null) {
      throw bad("case", "say which column has the case's number, case: number");
    }
    if (time == null || time.column() == null) {
      throw bad("time", "say which column has the time, time: {column: at, format: iso}");
    }
    time.reader();
    if (tier == null || tier.column() == null && tier.value() == null) {
      throw bad(
          "tier", "say where the tier comes from, tier: {column: line, values: {1st: front-line}}");
    }
    mustBe("tier", tier, tiers);
    if ((state == null) == (activity == null)) {
      throw bad("state", "say what rows are: state (how a case stood) or activity (what happened)");
    }
    if (state != null) {
      for (var rule : state) {
        if (rule == null
            || rule.when() == null
            || rule.when().values().stream().anyMatch(Objects::isNull)
            || rule.is() == null
            || !STATES.contains(rule.is())) {
          throw bad("state", "each rule has a 'when' and 'is: %s'".formatted(STATES));
        }
      }
    }
    if (activity != null) {
      mustBe("activity", activity, ACTIVITIES.stream().map(What::toString).toList());
    }
    if (priority != null) {
      mustBe("priority", priority, List.of("low", "normal", "high", "urgent"));
    }
    if (reason != null) {
      Reason.of(reason);
    }
    mustSayValues("claimed", claimed);
    mustSayValues("automatic", automatic);
  }

  private static void mustSayValues(String name, @Nullable Map<String, List<String>> when) {
    if (when != null && when.values().stream().anyMatch(Objects::isNull)) {
      throw bad(name, "say which values are meant, %s: {status: In progress}".formatted(name));
    }
  }

  private static void mustBe(String name, Values values, List<String> allowed) {
    var given = new ArrayList<String>();
    if (values.value() != null) {
      given.add(values.value());
    }
    if (values.values() != null) {
      given.addAll(values.values().values());
    }
    for (var each : given) {
      if (each == null || !allowed.contains(each)) {
        throw bad(name, "there is no %s '%s'; there are %s".formatted(name, each, allowed));
      }
    }
  }

  static BadInput bad(String field, String why) {
    return new BadInput(field, "mapping", "Mapping, '%s': %s".formatted(field, why), why);
  }

  /** The columns that must be there. */
  List<String> columns() {
    var columns = new ArrayList<String>();
    columns.add(caseColumn);
    columns.add(time.column());
    add(opened, columns);
    add(customer, columns);
    for (var values :
        new Values[] {tier, activity, priority, category, product, channel, segment}) {
      add(values == null ? null : values.column(), columns);
    }
    if (state != null) {
      state.forEach(rule -> columns.addAll(rule.when().keySet()));
    }
    if (claimed != null) {
      columns.addAll(claimed.keySet());
    }
    if (automatic != null) {
      columns.addAll(automatic.keySet());
    }
    return columns.stream().distinct().toList();
  }

  private static void add(@Nullable String column, List<String> columns) {
    if (column != null) {
      columns.add(column);
    }
  }

  Priority priorityOf(UnaryOperator<@Nullable String> row) {
    var said = priority == null ? null : priority.of(row);
    return said == null ? Priority.NORMAL : Priority.of(said);
  }

  /** Whether the log tells of messages to customers. */
  boolean tellsOfMessages() {
    return tells(What.MESSAGE_SENT);
  }

  /** Whether the log tells who has taken a case. */
  boolean tellsOfClaims() {
    return claimed != null || tells(What.CLAIMED);
  }

  private boolean tells(What what) {
    return activity != null
        && (activity.values() == null || activity.values().containsValue(what.toString()));
  }
}
