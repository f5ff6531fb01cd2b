package org.escalationpath.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.escalationpath.cases.Tier;

/** One object for each tier, however many facts name it. */
final class Same {

  private static final Map<Tier, Tier> TIERS = new ConcurrentHashMap<>();

  private Same() {}

  static Tier tier(Tier tier) {
    var known = TIERS.putIfAbsent(tier, tier);
    return known == null ? tier : known;
  }
}
