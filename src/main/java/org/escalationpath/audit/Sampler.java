package org.escalationpath.audit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.escalationpath.cases.Chain;

/**
 * Draws a stratified random sample that anybody can draw again. Each stratum gets its share of the sample, in proportion to its size,
 * the rest by largest remainder (Hamilton's method), ties going to the stratum that comes first; where the sample is large enough each stratum gets one at least.
 * Within a stratum the cases with the smallest SHA-256 of seed, colon and number, in hexadecimal, are taken: nobody can choose them, and no random generator of
 * a language or version decides.
 */
final class Sampler {

  private Sampler() {}

  /** A case that may be drawn, and the stratum that it is in: tier, outcome and month. */
  record Member(String number, String stratum) {}

  /** By stratum and then by number. */
  static List<Member> draw(List<Member> population, int size, String seed) {
    var strata = population.stream()
        .collect(Collectors.groupingBy(Member::stratum, TreeMap::new, Collectors.toList()));
    var shares = shares(strata, Math.min(size, population.size()), population.size());
    var drawn = new ArrayList<Member>();
    strata.forEach((stratum, members) -> members.stream()
        .sorted(Comparator.comparing(member -> rank(seed, member)))
        .limit(shares.get(stratum))
        .sorted(Comparator.comparing(Member::number))
        .forEach(drawn::add));
    return drawn;
  }

  private static String rank(String seed, Member member) {
    return Chain.saltedSha256(seed + ":", member.number());
  }

  private static Map<String, Integer> shares(
      TreeMap<String, List<Member>> strata, int size, int population) {
    var shares = new TreeMap<String, Integer>();
    var least = size >= strata.size() ? 1 : 0;
    var given = 0;
    for (var stratum : strata.entrySet()) {
      var share = Math.max(least, (int) ((long) size * stratum.getValue().size() / population));
      shares.put(stratum.getKey(), share);
      given += share;
    }
    while (given < size) {
      shares.merge(mostOwed(strata, shares, size, population), 1, Integer::sum);
      given++;
    }
    while (given > size) {
      shares.merge(leastOwed(strata, shares, size, population, least), -1, Integer::sum);
      given--;
    }
    return shares;
  }

  /** How much more than it has a stratum should have. */
  private static double owed(
      Map<String, List<Member>> strata,
      Map<String, Integer> shares,
      int size,
      int population,
      String stratum) {
    return (double) size * strata.get(stratum).size() / population - shares.get(stratum);
  }

  private static String mostOwed(
      TreeMap<String, List<Member>> strata, Map<String, Integer> shares, int size, int population) {
    return strata.keySet().stream()
        .filter(stratum -> shares.get(stratum) < strata.get(stratum).size())
        .max(Comparator.<String>comparingDouble(
                stratum -> owed(strata, shares, size, population, stratum))
            .thenComparing(Comparator.reverseOrder()))
        .orElseThrow();
  }

  private static String leastOwed(
      TreeMap<String, List<Member>> strata,
      Map<String, Integer> shares,
      int size,
      int population,
      int least) {
    return strata.keySet().stream()
        .filter(stratum -> shares.get(stratum) > least)
        .min(Comparator.<String>comparingDouble(
                stratum -> owed(strata, shares, size, population, stratum))
            .thenComparing(Comparator.naturalOrder()))
        .orElseThrow();
  }
}
