package org.escalationpath.calendar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Stretches of one local day, written {@code 09:00-12:00,13:00-17:00}: apart from each other and in order. A stretch contains its
 * start and not its end, and may end at 24:00; one that crosses midnight is written on two days.
 */
record DayHours(List<Span> spans) {

  static final int MINUTES_OF_A_DAY = 24 * 60;
  static final DayHours NONE = new DayHours(List.of());
  static final DayHours ALL_DAY = new DayHours(List.of(new Span(0, MINUTES_OF_A_DAY)));

  private static final Pattern SPAN = Pattern.compile("(\\d{2}):(\\d{2})-(\\d{2}):(\\d{2})");

  /** From minute {@code from} of the day until before minute {@code to}. */
  record Span(int from, int to) {

    @Override
    public String toString() {
      return clock(from) + "-" + clock(to);
    }

    private static String clock(int minute) {
      return "%02d:%02d".formatted(minute / 60, minute % 60);
    }
  }

  /** @throws IllegalArgumentException saying which part cannot be read or overlaps another */
  static DayHours parse(String text) {
    var spans = new ArrayList<Span>();
    for (var part : text.split(",", -1)) {
      spans.add(span(part.strip()));
    }
    return ordered(spans);
  }

  /** The stretches of both. */
  DayHours and(DayHours more) {
    var both = new ArrayList<>(spans);
    both.addAll(more.spans);
    return ordered(both);
  }

  boolean isEmpty() {
    return spans.isEmpty();
  }

  private static DayHours ordered(List<Span> spans) {
    spans.sort(Comparator.comparingInt(Span::from));
    for (var i = 1; i < spans.size(); i++) {
      if (spans.get(i - 1).to() > spans.get(i).from()) {
        throw new IllegalArgumentException("The hours %s and %s overlap; write each hour once"
            .formatted(spans.get(i - 1), spans.get(i)));
      }
    }
    return new DayHours(List.copyOf(spans));
  }

  private static Span span(String text) {
    var match = SPAN.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "Cannot read the hours '%s'; write them as 09:00-17:00".formatted(text));
    }
    var span = new Span(
        minute(text, match.group(1), match.group(2)), minute(text, match.group(3), match.group(4)));
    if (span.from() >= span.to()) {
      throw new IllegalArgumentException(
          "The hours '%s' do not end after they start; write hours that cross midnight on two days, the first until 24:00"
              .formatted(text));
    }
    return span;
  }

  private static int minute(String text, String hours, String minutes) {
    var minute = Integer.parseInt(hours) * 60 + Integer.parseInt(minutes);
    if (minute > MINUTES_OF_A_DAY || Integer.parseInt(minutes) > 59) {
      throw new IllegalArgumentException(
          "The hours '%s' name a time that no day has; a day goes from 00:00 to 24:00"
              .formatted(text));
    }
    return minute;
  }

  @Override
  public String toString() {
    return String.join(",", spans.stream().map(Span::toString).toList());
  }
}
