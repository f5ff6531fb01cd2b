package org.escalationpath.cases;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.escalationpath.engine.Decisions;
import org.springframework.stereotype.Component;

/** The tiers in their order, lowest first, from the owners' decision table {@code tiers}. */
@Component
public class Tiers {

  private static final String TABLE = "tiers";

  private final Decisions decisions;

  Tiers(Decisions decisions) {
    this.decisions = decisions;
  }

  /** All tiers, lowest first. */
  public List<Tier> all() {
    return rows().stream().map(row -> Tier.of((String) row.get("tier"))).toList();
  }

  /** What people call the tier; its group where the table has no such tier any more. */
  public String name(Tier tier) {
    return rows().stream()
        .filter(row -> tier.group().equals(row.get("tier")))
        .map(row -> (String) row.get("name"))
        .findFirst()
        .orElse(tier.group());
  }

  public Tier lowest() {
    return all().get(0);
  }

  public Tier highest() {
    var all = all();
    return all.get(all.size() - 1);
  }

  /** The tier above, or nothing above the highest. */
  public Optional<Tier> above(Tier tier) {
    return neighbour(tier, 1);
  }

  /** The tier below, or nothing below the lowest. */
  public Optional<Tier> below(Tier tier) {
    return neighbour(tier, -1);
  }

  private Optional<Tier> neighbour(Tier tier, int step) {
    var all = all();
    var position = all.indexOf(tier) + step;
    return all.contains(tier) && position >= 0 && position < all.size()
        ? Optional.of(all.get(position))
        : Optional.empty();
  }

  public boolean exists(Tier tier) {
    return all().contains(tier);
  }

  /** Negative if {@code one} is below {@code other}, 0 if they are the same, positive if it is above. */
  public int compare(Tier one, Tier other) {
    var all = all();
    return Integer.compare(all.indexOf(one), all.indexOf(other));
  }

  private List<Map<String, Object>> rows() {
    return decisions.rows(TABLE, Map.of());
  }
}
