package org.escalationpath.cases;

import java.util.regex.Pattern;
import org.escalationpath.engine.Variable;

/** A case's number, {@code C-000042}: what people call it, and the business key of each of its processes. */
public record CaseNumber(String value) {

  /** The process variable that holds the number. */
  public static final Variable<CaseNumber> VARIABLE = Variable.text("caseNumber", CaseNumber::of);

  private static final Pattern FORM = Pattern.compile("C-\\d{6,12}");

  public CaseNumber {
    if (!FORM.matcher(value).matches()) {
      throw new NoSuchCase(value);
    }
  }

  /** @throws NoSuchCase if the text cannot be a case number */
  public static CaseNumber of(String value) {
    return new CaseNumber(value);
  }

  static CaseNumber ofSequence(long number) {
    return new CaseNumber("C-%06d".formatted(number));
  }

  @Override
  public String toString() {
    return value;
  }
}
