package org.escalationpath.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.escalationpath.calendar.WorkingCalendar;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.TestTime;
import org.escalationpath.survey.Survey;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/** Reads the cases of {@code golden.yaml}. */
final class Golden {

  static final Map<String, Tier> TIERS = Map.of(
      "F", Tier.of("front-line"),
      "T", Tier.of("team-lead"),
      "D", Tier.of("department-manager"),
      "S", Tier.of("senior-management"));

  private static final WorkingCalendar OFFICE =
      TestTime.office("mon-fri 09:00-17:00", List.of("2026-11-11 Holiday"));
  private static final Instant FIRST_MONDAY = Instant.parse("2026-11-02T00:00:00Z");
  private static final List<String> DAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");
  private static final Pattern MOVE = Pattern.compile("([FTDS]?)>([FTDS]?)");

  /** @param expected observations by metric, as they are written there */
  record Case(CaseFacts facts, Instant now, Map<String, List<String>> expected) {}

  private Golden() {}

  static List<Case> cases() {
    try (var file = Files.newBufferedReader(Path.of("src/test/resources/metrics/golden.yaml"))) {
      var cases = new ArrayList<Case>();
      for (var each : new Yaml().<List<Map<String, Object>>>load(file)) {
        cases.add(read(each, cases.size() + 1));
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Case read(Map<String, Object> written, int number) {
    var ledger = new ArrayList<LedgerEntry>();
    ((List<String>) written.get("ledger")).forEach(line -> ledger.add(entry(line, ledger.size())));
    var limits = ((List<String>) written.getOrDefault("limits", List.of()))
        .stream().map(Golden::limit).toList();
    var surveys = new ArrayList<CaseHead.SurveyState>();
    ((List<String>) written.getOrDefault("surveys", List.of()))
        .forEach(line -> surveys.add(survey(Survey.FOLLOW_UP, line)));
    ((List<String>) written.getOrDefault("nps", List.of()))
        .forEach(line -> surveys.add(survey(Survey.NPS, line)));
    var again = (String) written.get("again");
    var head = new CaseHead(
        "%02d %s".formatted(number, written.get("case")),
        null,
        number,
        Priority.NORMAL,
        "delivery",
        null,
        "web",
        "standard",
        ledger.get(0).at(),
        again == null ? null : at(again),
        surveys,
        true,
        true);
    return new Case(
        FactReader.read(head, ledger, TestTime.of(ledger, limits, OFFICE)),
        at((String) written.getOrDefault("now", "6Mon 09:00")),
        (Map<String, List<String>>) written.get("expect"));
  }

  /** {@code 2Wed 09:30} */
  static Instant at(String text) {
    var words = text.split(" ");
    var time = words[1].split(":");
    return FIRST_MONDAY
        .plus(
            Duration.ofDays(7L * (words[0].charAt(0) - '1') + DAYS.indexOf(words[0].substring(1))))
        .plus(Duration.ofHours(Long.parseLong(time[0])))
        .plus(Duration.ofMinutes(Long.parseLong(time[1])));
  }

  private static LedgerEntry entry(String line, int before) {
    var words = line.split(" ");
    Tier from = null;
    Tier to = null;
    Reason reason = null;
    Trigger trigger = null;
    var details = new HashMap<String, Object>();
    for (var i = 4; i < words.length; i++) {
      var word = words[i];
      var move = MOVE.matcher(word);
      if (move.matches()) {
        from = TIERS.get(move.group(1));
        to = TIERS.get(move.group(2));
      } else if (word.startsWith("trigger:")) {
        trigger = Trigger.of(word.substring(8));
      } else if (word.contains("=")) {
        details.put(word.split("=")[0], value(word.split("=")[1]));
      } else {
        reason = Reason.of(word);
      }
    }
    var who = switch (words[3]) {
      case "c" -> "customer";
      case "sys" -> "system";
      default -> words[3];
    };
    return new LedgerEntry(
        before + 1,
        at(words[0] + " " + words[1]),
        who,
        What.of(words[2]),
        from,
        to,
        reason,
        trigger,
        null,
        "escalation-path:1",
        details);
  }

  private static Object value(String text) {
    return text.matches("\\d+")
        ? (Object) Integer.valueOf(text)
        : text.matches("true|false") ? Boolean.valueOf(text) : text;
  }

  /** {@code tier 1 F 1Mon 09:00 4h after 2} */
  private static TestTime.Limit limit(String line) {
    var words = line.split(" ");
    return new TestTime.Limit(
        words[0],
        Integer.parseInt(words[1]),
        TIERS.get(words[2]),
        at(words[3] + " " + words[4]),
        Duration.parse("PT" + words[5].toUpperCase()),
        Integer.parseInt(words[7]));
  }

  /** {@code expired 1Thu 09:00 ask 1Fri 09:00 end 4Fri 09:00}, {@code suppressed 1Tue 09:00 asked-lately} */
  private static CaseHead.SurveyState survey(String kind, String line) {
    var words = line.split(" ");
    return new CaseHead.SurveyState(
        kind,
        words[0],
        words.length == 4 ? words[3] : null,
        at(words[1] + " " + words[2]),
        words.length > 4 ? at(words[4] + " " + words[5]) : null,
        words.length > 7 ? at(words[7] + " " + words[8]) : null);
  }

  /** {@code 2h59m}, {@code 0m} */
  static String length(int seconds) {
    if (seconds == Sink.NONE) {
      return "-";
    }
    var hours = seconds / 3_600;
    var minutes = seconds / 60 % 60;
    return hours == 0 ? minutes + "m" : minutes == 0 ? hours + "h" : hours + "h" + minutes + "m";
  }

  static String tier(CaseFacts.@Nullable Visit visit) {
    return TIERS.entrySet().stream()
        .filter(each -> visit != null && each.getValue().equals(visit.tier()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse("");
  }
}
