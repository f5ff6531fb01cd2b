package org.escalationpath.escalation;

import org.escalationpath.cases.CaseNumber;

/** What somebody wants cannot be done with the case as it stands now, often because somebody else was faster. */
public class WrongState extends RuntimeException {

  private final transient CaseNumber number;

  public WrongState(CaseNumber number, String why) {
    super("Case " + number + ": " + why);
    this.number = number;
  }

  public CaseNumber number() {
    return number;
  }
}
