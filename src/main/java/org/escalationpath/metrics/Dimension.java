package org.escalationpath.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.escalationpath.cases.BadInput;
import org.jspecify.annotations.Nullable;

/** By what numbers can be told apart and narrowed down. */
public enum Dimension {
  /** The tier where it was, by its group. */
  TIER,
  /** The case's priority as it is now. */
  PRIORITY,
  CATEGORY,
  PRODUCT,
  CHANNEL,
  SEGMENT,
  /** Why a case was moved by it, or was brought to the tier. */
  REASON,
  /** What moved it. */
  TRIGGER,
  /** The model's version that brought the case to the tier, {@code escalation-path:7}. */
  MODEL,
  /** What the metric itself tells apart: clocks, endings, themes, why a survey was suppressed. */
  KIND,
  /** {@code own}, or the import that the case came with. */
  IMPORT,
  DAY,
  /** The Monday that it begins with. */
  WEEK,
  /** Its first day. */
  MONTH;

  /** What is not known, or does not apply. */
  public static final String NONE = "–";

  static final String OWN = "own";

  /** @throws BadInput naming what there is */
  public static Dimension of(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new BadInput(
            "group",
            "unknown",
            "Nothing can be told apart by '%s'; there are %s"
                .formatted(
                    code,
                    String.join(
                        ", ", Arrays.stream(values()).map(Dimension::code).toList()))));
  }

  /** As it is written outside Java: lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return code();
  }

  /** Where an observation belongs; {@link #NONE} where that is not known. */
  String of(Observation of, Periods periods) {
    var facts = of.facts();
    var brought = of.brought();
    var value = switch (this) {
      case TIER -> of.visit() == null ? null : of.visit().tier().group();
      case PRIORITY -> facts.priority().toString();
      case CATEGORY -> facts.category();
      case PRODUCT -> facts.product();
      case CHANNEL -> facts.channel();
      case SEGMENT -> facts.segment();
      case REASON -> brought == null ? null : text(brought.reason());
      case TRIGGER -> brought == null ? null : text(brought.trigger());
      case MODEL -> of.model();
      case KIND -> of.kind();
      case IMPORT -> facts.imported() == null ? OWN : facts.imported();
      case DAY, WEEK, MONTH -> periods.begin(this, of.instant());
    };
    return value == null ? NONE : value;
  }

  private static @Nullable String text(@Nullable Object code) {
    return code == null ? null : code.toString();
  }
}
