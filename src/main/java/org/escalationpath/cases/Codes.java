package org.escalationpath.cases;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words of the glossary as they are written outside Java: lower case, with hyphens. */
final class Codes {

  private Codes() {}

  static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** @throws IllegalArgumentException naming what is allowed */
  static <E extends Enum<E>> E parse(Class<E> type, String code) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> code(constant).equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'%s' is no %s; use one of %s"
            .formatted(
                code,
                type.getSimpleName().toLowerCase(Locale.ROOT),
                Arrays.stream(type.getEnumConstants())
                    .map(Codes::code)
                    .collect(Collectors.joining(", ")))));
  }
}
