package org.escalationpath.cases;

/** There is no case with that number. */
public class NoSuchCase extends RuntimeException {

  public NoSuchCase(String number) {
    super("There is no case '%s'"
        .formatted(number.length() > 30 ? number.substring(0, 30) + "…" : number));
  }
}
