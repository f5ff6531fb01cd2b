package org.escalationpath.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The way of each hand-worked case is one line from its first tier to its first solution or its end. */
class WaysTest {

  private static final Set<String> ENDS =
      Set.of("solved", "closed", "closed-unresolved", "withdrawn", "open");

  @Test
  void legsAreALineThatEnds() {
    for (var golden : Golden.cases()) {
      var facts = golden.facts();
      var legs = Ways.legs(facts);
      if (facts.visits().isEmpty()) {
        assertThat(legs).isEmpty();
        continue;
      }
      assertThat(legs.get(0).from()).isEqualTo(facts.visits().get(0).tier().group());
      for (var i = 0; i < legs.size(); i++) {
        assertThat(legs.get(i).step()).isEqualTo(i);
        if (i + 1 < legs.size()) {
          assertThat(legs.get(i).to()).isEqualTo(legs.get(i + 1).from());
        }
      }
      var end = legs.get(legs.size() - 1).to();
      assertThat(end).isIn(ENDS);
      // one that ended unsolved and was reopened has had its end
      var first = facts.visits().stream()
          .map(CaseFacts.Visit::leaving)
          .filter(Objects::nonNull)
          .filter(each -> each == CaseFacts.Leaving.SOLVED || each == CaseFacts.Leaving.ENDED)
          .findFirst();
      assertThat(end.equals("solved"))
          .isEqualTo(first.filter(CaseFacts.Leaving.SOLVED::equals).isPresent());
    }
  }

  @Test
  void onlyWhatClimbedHasAReason() {
    for (var golden : Golden.cases()) {
      var visits = golden.facts().visits();
      Ways.legs(golden.facts()).stream()
          .filter(leg -> !leg.reason().equals(Dimension.NONE))
          .forEach(leg ->
              assertThat(visits.get(leg.step() + 1).arrival()).isEqualTo(CaseFacts.Arrival.UP));
    }
  }
}
