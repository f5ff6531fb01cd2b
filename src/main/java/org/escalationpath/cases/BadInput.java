package org.escalationpath.cases;

import java.util.List;

/**
 * Something that a person wrote cannot be taken as it is. The message says in English what to change; pages say it in the reader's
 * language by the code.
 */
public final class BadInput extends IllegalArgumentException {

  private final String field;
  private final String code;
  private final transient List<Object> arguments;

  /**
   * @param field which answer is meant, {@code subject}
   * @param code what is wrong, {@code missing}; pages have a text {@code mistake.missing} for it
   * @param arguments what that text says beside the field's name
   */
  public BadInput(String field, String code, String message, Object... arguments) {
    super(message);
    this.field = field;
    this.code = code;
    this.arguments = List.of(arguments);
  }

  public String field() {
    return field;
  }

  public String code() {
    return code;
  }

  public List<Object> arguments() {
    return arguments;
  }
}
