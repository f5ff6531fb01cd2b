package org.escalationpath.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.escalationpath.audit.Sampler.Member;
import org.junit.jupiter.api.Test;

/** Samples that can be drawn again, and in which no stratum is forgotten. */
class SamplerTest {

  private static List<Member> members(Map<String, Integer> strata) {
    var members = new ArrayList<Member>();
    strata.forEach((stratum, count) -> IntStream.range(0, count)
        .forEach(i -> members.add(new Member("C-%06d".formatted(members.size() + 1), stratum))));
    return members;
  }

  private static Map<String, Long> strata(List<Member> drawn) {
    return drawn.stream().collect(Collectors.groupingBy(Member::stratum, Collectors.counting()));
  }

  @Test
  void theSameSeedDrawsTheSameCasesInWhateverOrderTheyCome() {
    var members = members(Map.of("a", 50, "b", 30));
    var shuffled = new ArrayList<>(members);
    Collections.shuffle(shuffled, new Random(7));

    assertThat(Sampler.draw(shuffled, 20, "4711")).isEqualTo(Sampler.draw(members, 20, "4711"));
    assertThat(Sampler.draw(members, 20, "4712")).isNotEqualTo(Sampler.draw(members, 20, "4711"));
  }

  /** Computed with {@code printf 'seed:C-000001' | sha256sum} and so on, and sorted by hand. */
  @Test
  void theDrawingCanBeRepeatedWithoutUs() {
    assertThat(Sampler.draw(members(Map.of("a", 5)), 2, "seed"))
        .extracting(Member::number)
        .containsExactly(DRAWN_BY_HAND);
  }

  private static final String[] DRAWN_BY_HAND = {"C-000002", "C-000003"};

  @Test
  void eachStratumGetsItsShare() {
    assertThat(strata(Sampler.draw(members(Map.of("a", 60, "b", 30, "c", 10)), 10, "s")))
        .isEqualTo(Map.of("a", 6L, "b", 3L, "c", 1L));
  }

  @Test
  void aSmallStratumIsNotForgotten() {
    assertThat(strata(Sampler.draw(members(Map.of("a", 990, "b", 9, "c", 1)), 10, "s")))
        .isEqualTo(Map.of("a", 8L, "b", 1L, "c", 1L));
  }

  @Test
  void aSampleSmallerThanTheStrataTakesTheLargest() {
    assertThat(strata(Sampler.draw(members(Map.of("a", 5, "b", 50, "c", 40)), 2, "s")))
        .isEqualTo(Map.of("b", 1L, "c", 1L));
  }

  @Test
  void aSampleOfAllIsAll() {
    var members = members(Map.of("a", 3, "b", 4));

    assertThat(Sampler.draw(members, 7, "s")).containsExactlyInAnyOrderElementsOf(members);
    assertThat(Sampler.draw(members, 500, "s")).hasSize(7);
  }

  @Test
  void anyMixtureAddsUp() {
    var random = new Random(42);
    for (var i = 0; i < 500; i++) {
      var strata = IntStream.range(0, 1 + random.nextInt(12))
          .boxed()
          .collect(Collectors.toMap(each -> "s" + each, each -> 1 + random.nextInt(40)));
      var members = members(strata);
      var size = 1 + random.nextInt(members.size());

      var drawn = Sampler.draw(members, size, "seed" + i);

      assertThat(drawn).hasSize(size).doesNotHaveDuplicates();
      if (size >= strata.size()) {
        assertThat(strata(drawn)).hasSize(strata.size());
      }
    }
  }
}
