package org.escalationpath.escalation;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The words of briefs in the forms of tasks, which are in one language. */
@Component
class EnglishBriefWords implements BriefWords {

  private final Tiers tiers;
  private final DateTimeFormatter dates;

  EnglishBriefWords(Tiers tiers, @Value("${escalation.zone:Europe/Berlin}") ZoneId zone) {
    this.tiers = tiers;
    this.dates =
        DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm z", Locale.ENGLISH).withZone(zone);
  }

  @Override
  public String moved(LedgerEntry entry) {
    var reason = entry.reason() == null ? "" : ", reason " + entry.reason();
    var from = entry.fromTier() == null ? "" : " from " + tiers.name(entry.fromTier());
    return "%s%s by %s on %s%s"
        .formatted(entry.what(), from, entry.who(), limit(entry.at()), reason);
  }

  @Override
  public String justIn() {
    return "It has just come in.";
  }

  @Override
  public String wasWith(List<Tier> visited) {
    return "It was with: " + visited.stream().map(tiers::name).collect(Collectors.joining(", "))
        + ".";
  }

  @Override
  public String nobodyYet() {
    return "Nobody has worked on it yet.";
  }

  @Override
  public String last(Message message) {
    return (message.isPublic() ? "Last reply" : "Last note") + " by " + message.person() + ":";
  }

  @Override
  public String hearsBy(Instant limit) {
    return "the customer hears from us by " + limit(limit);
  }

  @Override
  public String nothingPromised() {
    return "nothing that we know of";
  }

  @Override
  public String limit(Instant limit) {
    return dates.format(limit);
  }

  @Override
  public String noLimit() {
    return "no limit is running";
  }

  @Override
  public String standsStill(boolean forCustomer, boolean forThirdParty) {
    return "the clock is stopped while we wait for "
        + (!forCustomer
            ? "a third party"
            : "the customer" + (forThirdParty ? "; also, we wait for a third party" : ""));
  }

  @Override
  public String runsThough(Instant limit) {
    return limit(limit) + ", though we wait for a third party";
  }
}
