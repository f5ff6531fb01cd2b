package org.escalationpath.cases;

import java.util.List;

/**
 * What a customer and others wrote about these cases is to be erased; published in the transaction that erases it, so that each module
 * erases what it keeps of it. Rows stay, so that nothing that was counted changes.
 */
public record PersonalDataErased(List<CaseNumber> cases) {

  /** What stands where a text was that a row must have. */
  public static final String ERASED = "erased";

  public List<String> numbers() {
    return cases.stream().map(CaseNumber::value).toList();
  }
}
