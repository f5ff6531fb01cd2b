package org.escalationpath.escalation;

import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Tier;

/** What a brief says of itself, in the language of whoever reads it. What people wrote stays as they wrote it. */
public interface BriefWords {

  /** What moved the case to where it is, and why. */
  String moved(LedgerEntry entry);

  /** Nothing has moved it yet. */
  String justIn();

  /** Which tiers have had it. */
  String wasWith(List<Tier> tiers);

  String nobodyYet();

  /** Whose the last reply or note is, which follows. */
  String last(Message message);

  /** The customer hears from us by then. */
  String hearsBy(Instant limit);

  String nothingPromised();

  String limit(Instant limit);

  String noLimit();

  /** The clock stands still while we wait for the customer, a third party, or both. */
  String standsStill(boolean forCustomer, boolean forThirdParty);

  /** We wait for a third party, and the clock runs on all the same. */
  String runsThough(Instant limit);
}
