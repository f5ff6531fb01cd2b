package org.escalationpath.desk;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.escalationpath.cases.CaseCounts;
import org.escalationpath.cases.CaseCounts.Standing;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Worklist;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The first page: for staff their own work and how things stand, for everybody else the doors. And the sign-in. */
@Page
class FirstPage {

  private static final int SHOWN = 8;

  private final CaseCounts counts;
  private final Worklist worklist;
  private final Tiers tiers;
  private final Rights rights;
  private final Actor actor;
  private final Clock clock;
  private final ZoneId zone;
  private final boolean isDemo;
  private final ObjectProvider<DemoData> demo;

  FirstPage(
      CaseCounts counts,
      Worklist worklist,
      Tiers tiers,
      Rights rights,
      Actor actor,
      Clock clock,
      @Value("${escalation.zone:Europe/Berlin}") ZoneId zone,
      @Value("${escalation.demo.people}") boolean isDemo,
      ObjectProvider<DemoData> demo) {
    this.counts = counts;
    this.worklist = worklist;
    this.tiers = tiers;
    this.rights = rights;
    this.actor = actor;
    this.clock = clock;
    this.zone = zone;
    this.isDemo = isDemo;
    this.demo = demo;
  }

  /** How many cases are at a tier, and how many of them are late. */
  record AtTier(Tier tier, int cases, int late) {}

  /**
   * How things stand now.
   *
   * @param resolved with a solution that the customer has yet to accept
   * @param late past their tier's limit
   */
  record Numbers(
      int open,
      int waiting,
      int resolved,
      int late,
      int openedToday,
      int closedToday,
      List<AtTier> tiers) {}

  @GetMapping("/")
  String first(Model model) {
    if (rights.isStaff()) {
      showWork(model);
    }
    if (rights.isStaff() || isDemo) {
      model.addAttribute("numbers", numbers());
    }
    model.addAttribute("now", clock.instant());
    model.addAttribute(
        "demoCases",
        rights.isAdministrator() ? demo.stream().mapToInt(DemoData::count).sum() : 0);
    return "index";
  }

  @PostMapping("/demo/removal")
  ModelAndView removeDemo() {
    if (!rights.isAdministrator()) {
      throw new AccessDeniedException("Administrators remove the demo's cases");
    }
    demo.forEach(DemoData::remove);
    return Redirects.to("/", "demo.removed");
  }

  private void showWork(Model model) {
    var person = actor.name();
    model.addAttribute("mine", worklist.of(person, SHOWN));
    model.addAttribute("countOfMine", worklist.countOf(person));
    model.addAttribute("unclaimed", worklist.unclaimed(actor.groups(), SHOWN));
    model.addAttribute("countUnclaimed", worklist.countUnclaimed(actor.groups()));
  }

  /** The numbers alone, which a page of staff asks for again and again. */
  @GetMapping("/numbers")
  String numbers(Model model) {
    rights.mustBeStaff();
    model.addAttribute("numbers", numbers());
    return "index :: numbers";
  }

  private Numbers numbers() {
    var standings = counts.notEnded();
    var today = today();
    return new Numbers(
        sum(standings, CaseState.OPEN),
        sum(standings, CaseState.WAITING),
        sum(standings, CaseState.RESOLVED),
        standings.stream().mapToInt(Standing::late).sum(),
        counts.openedSince(today),
        counts.closedSince(today),
        tiers.all().stream().map(tier -> atTier(tier, standings)).toList());
  }

  private Instant today() {
    return clock.instant().atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }

  private static int sum(List<Standing> standings, CaseState state) {
    return standings.stream()
        .filter(each -> each.state() == state)
        .mapToInt(Standing::cases)
        .sum();
  }

  private static AtTier atTier(Tier tier, List<Standing> standings) {
    var there = standings.stream()
        .filter(each -> tier.group().equals(each.tier()) && each.state() != CaseState.RESOLVED)
        .toList();
    return new AtTier(
        tier,
        there.stream().mapToInt(Standing::cases).sum(),
        there.stream().mapToInt(Standing::late).sum());
  }

  @GetMapping("/login")
  String login(
      @RequestParam(required = false) String error,
      @RequestParam(required = false) String throttled,
      Model model) {
    model.addAttribute("isWrong", error != null);
    model.addAttribute("isThrottled", throttled != null);
    return "login";
  }
}
