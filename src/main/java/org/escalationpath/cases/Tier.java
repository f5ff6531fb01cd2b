package org.escalationpath.cases;

/**
 * One of the steps of the path, named by the group of people who work there.
 *
 * @param group the id of the group, {@code team-lead}
 */
public record Tier(String group) {

  public static Tier of(String group) {
    return new Tier(group);
  }

  @Override
  public String toString() {
    return group;
  }
}
