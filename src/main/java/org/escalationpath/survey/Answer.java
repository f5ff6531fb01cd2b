package org.escalationpath.survey;

import org.escalationpath.cases.FreeText;
import org.jspecify.annotations.Nullable;

/**
 * What the customer says.
 *
 * @param csat satisfaction, 1 to 5
 * @param ces ease, 1 to 7; may be left out
 * @param solved whether the problem was solved
 * @param contacts how often they had to contact us, 1 to 4, where 4 is four times or more; may be left out
 * @param comment at most 4,000 characters; may be left out
 */
public record Answer(
    int csat,
    @Nullable Integer ces,
    boolean solved,
    @Nullable Integer contacts,
    @Nullable String comment) {

  /** So many stand for all that are more. */
  public static final int MOST_CONTACTS = 4;

  public static final int LONGEST_COMMENT = 4_000;

  public Answer {
    check("satisfaction", csat, 5);
    if (ces != null) {
      check("ease", ces, 7);
    }
    if (contacts != null) {
      check("contacts", contacts, MOST_CONTACTS);
    }
    comment = FreeText.optional("comment", comment, LONGEST_COMMENT);
  }

  private static void check(String what, int value, int highest) {
    if (value < 1 || value > highest) {
      throw new IllegalArgumentException("'%s' must be from 1 to %d".formatted(what, highest));
    }
  }
}
