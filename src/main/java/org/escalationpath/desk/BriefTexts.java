package org.escalationpath.desk;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Tier;
import org.escalationpath.escalation.BriefWords;
import org.springframework.stereotype.Component;

/** The words of briefs on pages, in the reader's language. */
@Component
class BriefTexts implements BriefWords {

  private final Words words;
  private final TimeTexts times;

  BriefTexts(Words words, TimeTexts times) {
    this.words = words;
    this.times = times;
  }

  @Override
  public String moved(LedgerEntry entry) {
    var from = entry.fromTier() == null
        ? ""
        : words.text("brief.moved.from", words.tier(entry.fromTier()));
    var reason = entry.reason() == null
        ? ""
        : words.text("brief.moved.because", words.of("reason", entry.reason()));
    return words.text(
            "brief.moved",
            words.of("what", entry.what()),
            words.who(entry.who()),
            times.moment(entry.at()))
        + from
        + reason;
  }

  @Override
  public String justIn() {
    return words.text("brief.just-in");
  }

  @Override
  public String wasWith(List<Tier> tiers) {
    return words.text(
        "brief.was-with", tiers.stream().map(words::tier).collect(Collectors.joining(", ")));
  }

  @Override
  public String nobodyYet() {
    return words.text("brief.nobody-yet");
  }

  @Override
  public String last(Message message) {
    return words.text(
        message.isPublic() ? "brief.last-reply" : "brief.last-note", words.who(message.person()));
  }

  @Override
  public String hearsBy(Instant limit) {
    return words.text("brief.hears-by", times.moment(limit));
  }

  @Override
  public String nothingPromised() {
    return words.text("brief.nothing-promised");
  }

  @Override
  public String limit(Instant limit) {
    return times.moment(limit);
  }

  @Override
  public String noLimit() {
    return words.text("brief.no-limit");
  }

  @Override
  public String standsStill(boolean forCustomer, boolean forThirdParty) {
    return words.text("brief.stands-still."
        + (!forCustomer ? "third-party" : forThirdParty ? "both" : "customer"));
  }

  @Override
  public String runsThough(Instant limit) {
    return words.text("brief.runs-though", times.moment(limit));
  }
}
