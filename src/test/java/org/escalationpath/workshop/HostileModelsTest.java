package org.escalationpath.workshop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** None of them may be deployed, and each is refused for what it tries, not for something else. */
class HostileModelsTest {

  private static final Set<Rule> FOR_WHAT_IT_TRIES = Set.of(
      Rule.FOREIGN_CODE,
      Rule.FOREIGN_PAGE,
      Rule.FORBIDDEN_EXPRESSION,
      Rule.UNKNOWN_SETTING,
      Rule.UNKNOWN_STEP,
      Rule.UNREADABLE,
      Rule.TOO_LARGE_A_FILE,
      Rule.UNKNOWN_FILE,
      Rule.UNSUPPORTED_ELEMENT,
      Rule.TOO_FREQUENT,
      Rule.TOO_MANY,
      Rule.UNREADABLE_TIMER,
      Rule.UNREADABLE_RETRIES,
      Rule.NEVER_WAITS,
      Rule.FOREIGN_LANGUAGE,
      Rule.UNREADABLE_CELL,
      Rule.UNSUPPORTED_COMPONENT);

  static List<HostileModels.Hostile> all() {
    return HostileModels.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isRefusedForWhatItTries(HostileModels.Hostile hostile) {
    var report = Drafts.inspection().inspect(hostile.files(), Map.of());

    assertThat(report.isFine()).isFalse();
    assertThat(report.errors()).extracting(Finding::rule).containsAnyElementsOf(FOR_WHAT_IT_TRIES);
  }

  /** The engine would refuse two of one key, and the door does not rely on that. */
  @Test
  void aHostileModelIsNotHiddenBehindAHarmlessOneOfTheSameKey() {
    var hostile = all().get(0);
    var harmless = Drafts.process("<startEvent id=\"a\" name=\"a\"/>").files().get("trial.bpmn");

    assertThat(Drafts.inspection()
            .inspect(Map.of("a.bpmn", hostile.content(), "z.bpmn", harmless), Map.of())
            .errors())
        .extracting(Finding::rule)
        .containsAnyElementsOf(FOR_WHAT_IT_TRIES);
  }

  @Test
  void thereAreAHundredOfThemAtLeast() {
    assertThat(all()).hasSizeGreaterThanOrEqualTo(100);
    assertThat(all()).extracting(HostileModels.Hostile::name).doesNotHaveDuplicates();
  }
}
