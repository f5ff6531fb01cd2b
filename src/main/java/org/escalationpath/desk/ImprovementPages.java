package org.escalationpath.desk;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.escalationpath.cases.FreeText;
import org.escalationpath.engine.Actor;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.improvement.Remarks;
import org.escalationpath.review.EvidenceRoom;
import org.escalationpath.review.Reviews;
import org.jspecify.annotations.Nullable;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/** The dashboard's last tab: what is improved, what came of it, what staff says, and the reviews. */
@Page
@RequestMapping("/metrics/improvement")
class ImprovementPages {

  /** So long what has ended stays on the page. */
  private static final Duration SHOWN = Duration.ofDays(90);

  private final Debriefs debriefs;
  private final Remarks remarks;
  private final Reviews reviews;
  private final EvidenceRoom evidence;
  private final Rights rights;
  private final Actor actor;
  private final Clock clock;

  ImprovementPages(
      Debriefs debriefs,
      Remarks remarks,
      Reviews reviews,
      EvidenceRoom evidence,
      Rights rights,
      Actor actor,
      Clock clock) {
    this.debriefs = debriefs;
    this.remarks = remarks;
    this.reviews = reviews;
    this.evidence = evidence;
    this.rights = rights;
    this.actor = actor;
    this.clock = clock;
  }

  @GetMapping
  String show(ModelMap page) {
    rights.mustBeStaff();
    var now = clock.instant();
    page.addAttribute("tab", "improvement");
    page.addAttribute("tabs", DashboardPages.TABS);
    page.addAttribute("query", "");
    page.addAttribute("now", now);
    page.addAttribute("actions", debriefs.actions(now.minus(SHOWN)));
    page.addAttribute("effects", evidence.effects());
    page.addAttribute("remarks", rights.mayReadHistory() ? ofAll() : remarks.by(actor.name()));
    if (rights.mayReadHistory()) {
      page.addAttribute("reviews", reviews.all());
    }
    return "improvement";
  }

  private List<Remarks.Remark> ofAll() {
    var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    return remarks.of(today.minusDays(SHOWN.toDays()), today);
  }

  /** Which version of a model or table an improvement action came to. */
  @PostMapping("/{id}/version")
  ModelAndView realised(
      @PathVariable String id, @RequestParam(required = false) @Nullable String version) {
    rights.mustPlan();
    if (!debriefs.realised(id, FreeText.optional("realisedBy", version, 255))) {
      throw new NoSuchLink();
    }
    return Redirects.to("/metrics/improvement", "improvement.realised");
  }
}
