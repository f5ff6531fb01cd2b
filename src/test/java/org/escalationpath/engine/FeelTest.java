package org.escalationpath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the door lets the FEEL parser see: it takes minutes for some texts of a few hundred characters. */
class FeelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"if it is in the shop or not, and in or out, in or not (((((((((\"",
        "\"a or b or c\", \"d or e or f\", \"g or h or \\\"i\\\" or j\"",
        "if a = \"x\" or b = \"y\" then \"in\" else \"out\"",
      })
  void whatCostsNothingIsRead(String text) {
    assertThat(Feel.unaryTests(text).isReadable() || Feel.expression(text).isReadable())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a or b or c or d or e or f or g or h",
        "\"x\" or \"a\" or \"b\" or \"c\" or \"d\" or \"e\" or \"f\" or \"g\"",
        "/* \" */ if if if if if if if if /* \" */",
      })
  void tooManyWordsThatCostAreRefusedWithWhatToDo(String text) {
    assertThat(Feel.expression(text).forbidden())
        .containsExactly(
            "it has more than 6 words like 'if', 'or' and 'in'; split it into several rules");
  }

  @Test
  void tooManyBracketsAreRefused() {
    assertThat(Feel.expression("(((((((1)))))))").forbidden())
        .containsExactly("it is nested too deeply");
  }
}
