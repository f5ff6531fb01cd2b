package org.escalationpath.metrics;

import java.util.Arrays;
import java.util.Locale;
import org.escalationpath.cases.BadInput;

/**
 * Everything that is measured. A metric says in words how it is made, and {@link Observer} does it; the page of definitions and {@code
 * docs/metrics.md} are made of these words.
 */
public enum Metric {
  OPENED(
      Kind.COUNT,
      "Cases opened",
      "the case was opened",
      "–",
      "–",
      "opened in the period",
      "ledger: opened",
      Observers::opened),
  SOLVED(
      Kind.COUNT,
      "Solutions proposed, each after an opening or a reopening",
      "a solution was proposed",
      "–",
      "a second solution without a rejection or reopening between",
      "solved in the period",
      "ledger: solution-proposed",
      Observers::solved),
  ENDED(
      Kind.COUNT,
      "Cases that have ended, by how: closed, closed unresolved, withdrawn",
      "the case ended",
      "–",
      "cases that were reopened since",
      "ended in the period",
      "ledger: closed, closed-unresolved, withdrawn",
      Observers::ended),
  CLEARANCE_RATE(
      Kind.RATIO,
      "Solutions in the period for each case opened in it; over 100 % where a backlog melts. Not a share of anything",
      "opening",
      "solution",
      "as above",
      "solved in the period, over opened in the period",
      "ledger: opened, solution-proposed",
      Observers::clearance),
  BACKLOG(
      Kind.DURATION,
      "Cases that nobody has solved at the end of the period (or now), and how old they are",
      "opening, or the reopening that has not been solved",
      "the end of the period, or now: they are not over, and their age says so",
      "cases with a solution that waits for the customer's word, ended ones, and imported ones, on which nobody works",
      "unsolved at that instant",
      "ledger: opened, rejected, reopened, solution-proposed, closed, withdrawn",
      Observers::backlog),
  FIRST_RESPONSE(
      Kind.DURATION,
      "First response: how long the customer waits until a person writes",
      "opening",
      "the first message of a person to the customer, a solution included",
      "acknowledgements and other automatic messages, internal notes; cases that ended without an answer",
      "answered in the period",
      "ledger: opened, message-sent, solution-proposed",
      Observers::firstResponse),
  NEXT_RESPONSE(
      Kind.DURATION,
      "Next response: how long an answer takes; several messages of the customer in a row are one wait",
      "the oldest unanswered message of the customer, a rejection, a reopening or a wish to escalate",
      "the next message of a person to the customer, a solution included",
      "automatic replies of the customer; what the end of the case cut off",
      "answered in the period",
      "ledger: message-received, rejected, reopened, escalated by the customer; message-sent, solution-proposed",
      Observers::nextResponse),
  UPDATE_GAP(
      Kind.DURATION,
      "Update gap: how long the customer hears nothing while the case is open",
      "the message before, or the opening",
      "the next message to the customer",
      "what the end of the case cut off",
      "heard in the period",
      "ledger: opened, message-sent, solution-proposed",
      Observers::updateGap),
  FIRST_RESOLUTION(
      Kind.DURATION,
      "First resolution: from the opening to the first solution",
      "opening",
      "the first solution proposed",
      "–",
      "first solved in the period",
      "ledger: opened, solution-proposed",
      Observers::firstResolution),
  FULL_RESOLUTION(
      Kind.DURATION,
      "Full resolution: from the opening to the solution that held",
      "opening",
      "the last solution proposed, once it has held longer than the days after which a case counts as reopened; in working time the care cycles without the time between",
      "cases closed unresolved",
      "solved for good in the period",
      "ledger: opened, solution-proposed, rejected, reopened",
      Observers::fullResolution),
  CARE_CYCLE(
      Kind.DURATION,
      "Care-cycle time: from each opening or reopening to the next solution, so that a reopening starts anew",
      "opening, rejection or reopening",
      "the next solution proposed",
      "–",
      "solved in the period",
      "ledger: opened, rejected, reopened, solution-proposed",
      Observers::careCycle),
  WAITING_FOR_CUSTOMER(
      Kind.DURATION,
      "Of a care cycle, how long the case waited for its customer; in elapsed time only",
      "the question to the customer",
      "the customer's next word, or the end of the wait",
      "waits for third parties",
      "solved in the period",
      "ledger: paused, resumed, message-received",
      Observers::waitingForCustomer),
  TIME_IN_TIER(
      Kind.DURATION,
      "Time in tier: how long a case stays at a tier; in working time only what was worked, without waits",
      "hand-over to the tier; the limit, where a limit handed it over",
      "the case leaves the tier, is solved or ends",
      "tiers that were only passed after an outage",
      "left in the period",
      "ledger: triaged, escalated, returned, tier-passed, rejected, reopened, solution-proposed, closed",
      Observers::timeInTier),
  PAUSED_IN_TIER(
      Kind.DURATION,
      "Of the time in tier, what the case waited for its customer or a third party; in working time only",
      "the wait begins, or the visit",
      "the wait ends, or the visit",
      "as above",
      "left in the period",
      "ledger: as above; paused, resumed",
      Observers::pausedInTier),
  UNCLAIMED_IN_TIER(
      Kind.DURATION,
      "Of the time worked in a tier, what passed before somebody there took the case; in working time only",
      "hand-over to the tier",
      "somebody claims it, or it leaves the tier unclaimed",
      "as above",
      "left in the period",
      "ledger: as above; claimed",
      Observers::unclaimedInTier),
  TIME_TO_CLAIM(
      Kind.DURATION,
      "Time to claim after a hand-over: the gap in which nobody there has the case",
      "escalation, return or reopening brings it to the tier",
      "somebody there claims it",
      "the first tier of a case; visits that nobody claimed, see left unclaimed",
      "claimed in the period",
      "ledger: escalated, returned, rejected, reopened; claimed",
      Observers::timeToClaim),
  TIME_TO_ESCALATE(
      Kind.DURATION,
      "Time to escalate: how long a case stayed at a tier that escalated it",
      "hand-over to the tier",
      "escalation from it",
      "tiers that were only passed after an outage",
      "escalated in the period",
      "ledger: escalated",
      Observers::timeToEscalate),
  RESOLUTION_RATE(
      Kind.SHARE,
      "Resolution rate: of the cases opened, the share solved within so many days; undecided cases are left out until their days are over",
      "opening",
      "first solution, or the days are over",
      "cases withdrawn before either",
      "opened in the period",
      "ledger: opened, solution-proposed, withdrawn",
      Observers::resolutionRate),
  FIRST_CONTACT_RESOLUTION(
      Kind.SHARE,
      "First-contact resolution: the first solution was the first message of a person, the case was not reopened within so many days, and the customer opened no other case of the same category within so many days",
      "opening",
      "first solution; decided once both spells of days are over, or earlier against it",
      "cases without a solution",
      "first solved in the period",
      "ledger: message-sent, solution-proposed, rejected, reopened; other cases of the customer",
      Observers::firstContactResolution),
  FIRST_LEVEL_RESOLUTION(
      Kind.SHARE,
      "First-level resolution: solved without ever leaving the lowest tier",
      "opening",
      "first solution",
      "cases without a solution",
      "first solved in the period",
      "ledger: triaged, escalated, solution-proposed",
      Observers::firstLevelResolution),
  ESCALATION_RATE(
      Kind.SHARE,
      "Escalation rate of a tier: of the visits that entered it, the share that left upwards; by reason or trigger, the share that left upwards for that. An escalation after a rejected solution counts at no tier, since the visit had ended with the solution",
      "hand-over to the tier",
      "the case leaves the tier, is solved or ends",
      "the highest tier, from which nothing can be escalated; visits that are not over",
      "entered in the period",
      "ledger: escalated, tier-passed, returned, solution-proposed, closed",
      Observers::escalationRate),
  RETURN_RATE(
      Kind.SHARE,
      "Return rate of a tier: of the visits that entered it, the share that was returned downwards",
      "hand-over to the tier",
      "the case leaves the tier, is solved or ends",
      "the lowest tier; visits that are not over",
      "entered in the period",
      "ledger: returned",
      Observers::returnRate),
  BOUNCE_RATE(
      Kind.SHARE,
      "Bounce rate: of the cases solved, the share that came back to a tier that it had left, before its first solution",
      "opening",
      "first solution",
      "cases without a solution",
      "first solved in the period",
      "ledger: escalated, returned",
      Observers::bounceRate),
  ESCALATED_CASES(
      Kind.SHARE,
      "Of the cases solved, the share that was escalated at least once before the first solution",
      "opening",
      "first solution",
      "cases without a solution",
      "first solved in the period",
      "ledger: escalated, tier-passed",
      Observers::escalatedCases),
  ESCALATIONS(
      Kind.COUNT,
      "Escalations, each at the tier that it left; also after a rejected solution",
      "escalation",
      "–",
      "tiers that were skipped",
      "escalated in the period",
      "ledger: escalated, tier-passed",
      Observers::escalations),
  LEFT_UNCLAIMED(
      Kind.SHARE,
      "Left unclaimed: of the visits of a tier, the share that nobody there ever took",
      "hand-over to the tier",
      "the case leaves the tier, is solved or ends",
      "tiers that were only passed after an outage; visits that are not over",
      "left in the period",
      "ledger: claimed",
      Observers::leftUnclaimed),
  AVOIDABLE_ESCALATIONS(
      Kind.SHARE,
      "Avoidable escalations: of the debriefs of escalated cases, the share that found it could have been solved below",
      "–",
      "the debrief was held",
      "debriefs of cases that were never escalated",
      "debriefed in the period",
      "ledger: debriefed",
      Observers::avoidableEscalations),
  REOPEN_RATE(
      Kind.SHARE,
      "Reopen rate: of the cases solved, the share whose first solution was rejected, or the case reopened, within so many days; undecided ones are left out until their days are over",
      "first solution",
      "rejection or reopening, or the days are over",
      "a rejection at the highest tier, which closes the case unresolved",
      "first solved in the period",
      "ledger: solution-proposed, rejected, reopened",
      Observers::reopenRate),
  LIMIT_ATTAINMENT(
      Kind.SHARE,
      "Limit attainment: of the time limits decided, the share kept; a limit is broken when it passes, even if the case is still open",
      "the clock starts",
      "what it waits for happens, or its limit passes; paused time does not count",
      "clocks that the end of the case cut off within their limit",
      "decided in the period",
      "clocks: terms frozen at their start; ledger",
      Observers::limitAttainment),
  SATISFACTION(
      Kind.SCORE,
      "Satisfaction (CSAT): the share of 4 and 5 of 5; the last rating of a case counts",
      "–",
      "the rating can no longer be changed",
      "earlier ratings of the same case",
      "rated in the period",
      "ledger: rated",
      Observers::satisfaction),
  EASE(
      Kind.SCORE,
      "Ease (CES 2.0): the share of 5 to 7 of 7 for \"made it easy for me to handle my issue\"; the last rating of a case counts",
      "–",
      "the rating can no longer be changed",
      "ratings without an answer to this; earlier ratings of the same case",
      "rated in the period",
      "ledger: rated",
      Observers::ease),
  SOLVED_SAYS_CUSTOMER(
      Kind.SHARE,
      "Solved, says the customer: the share of the ratings that say the problem was solved",
      "–",
      "the rating can no longer be changed",
      "earlier ratings of the same case",
      "rated in the period",
      "ledger: rated",
      Observers::solvedSaysCustomer),
  FIRST_CONTACT_SAYS_CUSTOMER(
      Kind.SHARE,
      "First-contact resolution, says the customer: the share of the ratings that say the problem was solved and that they had to contact us once."
          + " What we count ourselves (first-contact-resolution) is usually higher; the gap between the two tells how much is missed",
      "–",
      "the rating can no longer be changed",
      "ratings without an answer to this; earlier ratings of the same case",
      "rated in the period",
      "ledger: rated",
      Observers::firstContactSaysCustomer),
  NET_PROMOTER_SCORE(
      Kind.NET,
      "Net Promoter Score: of the answers to \"how likely are you to recommend us\", the percentage of 9 and 10 less that of 0 to 6, in points from −100 to 100;"
          + " asked of customers once a quarter at most, whatever case they had. Net Promoter, Net Promoter Score and NPS are trademarks of Bain & Company, NICE Systems and Fred Reichheld",
      "–",
      "the answer can no longer be changed",
      "–",
      "answered in the period",
      "ledger: recommended, in that of the customer's last case",
      Observers::netPromoterScore),
  NET_PROMOTER_RESPONSE_RATE(
      Kind.SHARE,
      "Response rate of the Net Promoter Score (AAPOR RR1): of the invitations sent, the share answered; undeliverable ones stay in",
      "the invitation",
      "answer or expiry",
      "customers of a round who were not asked; those still waited for",
      "invited in the period",
      "surveys",
      Observers::netPromoterResponseRate),
  NET_PROMOTER_SUPPRESSED(
      Kind.SHARE,
      "Not asked for the Net Promoter Score: of the customers of a round, the share that the policy kept out, by why",
      "–",
      "the round comes to the customer",
      "–",
      "came to in the period",
      "surveys",
      Observers::netPromoterSuppressed),
  RESPONSE_RATE(
      Kind.SHARE,
      "Survey response rate (AAPOR RR1): of the invitations sent, the share answered; undeliverable ones stay in",
      "the invitation",
      "answer, expiry, or a reopening that cancels it",
      "surveys that were suppressed, or cancelled before they were sent; those still waited for",
      "invited in the period",
      "surveys",
      Observers::responseRate),
  SUPPRESSED_SURVEYS(
      Kind.SHARE,
      "Suppressed surveys: of the closings, the share whose customer was not asked, by why",
      "–",
      "the case closes",
      "–",
      "closed in the period",
      "surveys",
      Observers::suppressedSurveys),
  THEMES(
      Kind.DURATION,
      "Themes of debriefs: how often each recurs, and the hours customers lost: elapsed time in care cycles without waits for the customer",
      "–",
      "the debrief was held",
      "–",
      "debriefed in the period",
      "ledger: debriefed",
      Observers::themes);

  /** What comes of the observations. */
  public enum Kind {
    /** How many. */
    COUNT,
    /** How long: quantiles of elapsed and of working time. */
    DURATION,
    /** Which part: a share with its Wilson interval. */
    SHARE,
    /** How many for each: two counts. */
    RATIO,
    /** What people said: the share of the good answers, their mean and how often each was given. */
    SCORE,
    /** What people said from 0 to 10: promoters less detractors, with its adjusted Wald interval, and how often each was given. */
    NET
  }

  /** Finds in the facts of a case what the metric is made of. */
  @FunctionalInterface
  interface Observer {
    void observe(CaseFacts facts, Basis basis, Sink sink);
  }

  private final Kind kind;
  private final String what;
  private final String start;
  private final String end;
  private final String exclusions;
  private final String cohort;
  private final String source;
  private final Observer observer;

  Metric(
      Kind kind,
      String what,
      String start,
      String end,
      String exclusions,
      String cohort,
      String source,
      Observer observer) {
    this.kind = kind;
    this.what = what;
    this.start = start;
    this.end = end;
    this.exclusions = exclusions;
    this.cohort = cohort;
    this.source = source;
    this.observer = observer;
  }

  /** @throws BadInput naming what is measured */
  public static Metric of(String code) {
    return Arrays.stream(values())
        .filter(each -> each.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new BadInput(
            "metric",
            "unknown",
            "There is no metric '%s'; there are %s"
                .formatted(
                    code,
                    String.join(", ", Arrays.stream(values()).map(Metric::code).toList()))));
  }

  /** As it is written outside Java: lower case, with hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public String toString() {
    return code();
  }

  public Kind kind() {
    return kind;
  }

  /** What it says, and what it does not. */
  public String what() {
    return what;
  }

  /** What begins what is measured. */
  public String start() {
    return start;
  }

  /** What ends it. */
  public String end() {
    return end;
  }

  /** What is left out. */
  public String exclusions() {
    return exclusions;
  }

  /** By which instant something belongs to a period. */
  public String cohort() {
    return cohort;
  }

  /** Which records it is computed from. */
  public String source() {
    return source;
  }

  void observe(CaseFacts facts, Basis basis, Sink sink) {
    observer.observe(facts, basis, sink);
  }

  /** Whether a value of the dimension says only why it happened, so that what did not happen counts for each. */
  boolean isWhole(Dimension dimension) {
    return switch (this) {
      case ESCALATION_RATE, RETURN_RATE ->
        dimension == Dimension.REASON || dimension == Dimension.TRIGGER;
      case SUPPRESSED_SURVEYS, NET_PROMOTER_SUPPRESSED -> dimension == Dimension.KIND;
      default -> false;
    };
  }

  /** The lowest answer that counts as good; only of scores. */
  int goodFrom() {
    return this == EASE ? 5 : 4;
  }

  /** The highest answer that can be given; only of scores. */
  int highest() {
    return this == EASE ? 7 : 5;
  }
}
