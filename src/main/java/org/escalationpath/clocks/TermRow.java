package org.escalationpath.clocks;

import java.util.ArrayList;
import java.util.List;
import org.escalationpath.cases.Chain;
import org.jspecify.annotations.Nullable;

/**
 * A frozen term of a clock as it is stored, for those who seal, check or export what clocks were held to.
 *
 * @param chain the chain of the case's terms, see {@link #chainOf}
 * @param seq its place among them, from 1, in the order in which they were written
 * @param values one for each of {@link #NAMES}: instants in UTC, times in seconds, and the SHA-256 of what the calendar's version says
 */
public record TermRow(String chain, int seq, List<@Nullable String> values) {

  public static final List<String> NAMES = List.of(
      "kind",
      "run",
      "term",
      "tier",
      "priority",
      "since",
      "afterSeq",
      "limitSeconds",
      "reminders",
      "calendar",
      "calendarVersion",
      "calendarHash",
      "thirdPartyPauses",
      "policy",
      "why",
      "carriedSeconds");

  private static final String PREFIX = "terms ";

  /** {@code terms C-000017}, which every database sorts behind the cases and the journal. */
  public static String chainOf(String caseNumber) {
    return PREFIX + caseNumber;
  }

  public static boolean isChainOfTerms(String chain) {
    return chain.startsWith(PREFIX);
  }

  /** The number of the case whose terms these are. */
  public String caseNumber() {
    return chain.substring(PREFIX.length());
  }

  /** The value with one of the {@link #NAMES}. */
  public @Nullable String value(String name) {
    return values.get(NAMES.indexOf(name));
  }

  /** The row's hash as it must be behind the row with the hash {@code before}. */
  public String hashAfter(@Nullable String before) {
    var fields = new ArrayList<@Nullable String>(List.of(chain, String.valueOf(seq)));
    fields.addAll(values);
    return Chain.hash(before, fields);
  }
}
