package org.escalationpath.desk;

import java.util.Locale;
import org.escalationpath.metrics.Estimate;
import org.escalationpath.metrics.Metric;
import org.jspecify.annotations.Nullable;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.stereotype.Component;

/** Numbers as pages write them, in the reader's language. */
@Component("figures")
public class NumberTexts {

  private static final double HOUR = 3600;
  private static final double DAY = 24 * HOUR;

  private final TimeTexts times;
  private final Words words;

  NumberTexts(TimeTexts times, Words words) {
    this.times = times;
    this.words = words;
  }

  /** A length of time: whole minutes below two days, days above. */
  public String length(double seconds) {
    return seconds < 2 * DAY
        ? times.length(Math.round(seconds / 60) * 60)
        : String.format(LocaleContextHolder.getLocale(), "%.1f ", seconds / DAY)
            + words.text("chart.days");
  }

  /** @param share from 0 to 1 */
  public String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", 100 * share);
  }

  /** @param value from −100 to 100 */
  public String points(double value) {
    return String.format(Locale.ROOT, "%+.0f", value).replace('-', '−').replaceAll("^[+−]0$", "0");
  }

  /**
   * What a metric was; a dash where nothing was observed.
   *
   * @param n how many observations there were, which is what counts say
   */
  public String value(Metric metric, @Nullable Estimate of, long n) {
    if (metric.kind() == Metric.Kind.COUNT) {
      return String.valueOf(n);
    }
    return of == null ? "–" : text(metric, of.value());
  }

  /** Between which bounds it lies; empty where nothing was observed. */
  public String bounds(Metric metric, @Nullable Estimate of) {
    return of == null ? "" : text(metric, of.low()) + " – " + text(metric, of.high());
  }

  private String text(Metric metric, double value) {
    return switch (metric.kind()) {
      case DURATION -> length(value);
      case NET -> points(value);
      default -> percent(value);
    };
  }
}
