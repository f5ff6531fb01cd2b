package org.escalationpath.desk;

import java.util.Comparator;
import java.util.List;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.auditor.Findings;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.escalation.Briefs;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.escalation.WrongState;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.notification.MailViewer;
import org.escalationpath.notification.Notifications;
import org.escalationpath.survey.SurveyAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages for staff: the list of cases, a case with everything one can do with it, and the demo's mails. */
@Controller
class StaffPages {

  private static final int PAGE = 50;

  private final Cases cases;
  private final Conversation conversation;
  private final Ledger ledger;
  private final Clocks clocks;
  private final Tiers tiers;
  private final Briefs briefs;
  private final Notifications notifications;
  private final SurveyAnswers surveys;
  private final Debriefs debriefs;
  private final EscalationProcess escalation;
  private final CaseDesk desk;
  private final Rights rights;
  private final Findings findings;
  private final EscalationAuditor auditor;
  private final ObjectProvider<MailViewer> mailViewer;

  StaffPages(
      Cases cases,
      Conversation conversation,
      Ledger ledger,
      Clocks clocks,
      Tiers tiers,
      Briefs briefs,
      Notifications notifications,
      SurveyAnswers surveys,
      Debriefs debriefs,
      EscalationProcess escalation,
      CaseDesk desk,
      Rights rights,
      Findings findings,
      EscalationAuditor auditor,
      ObjectProvider<MailViewer> mailViewer) {
    this.cases = cases;
    this.conversation = conversation;
    this.ledger = ledger;
    this.clocks = clocks;
    this.tiers = tiers;
    this.briefs = briefs;
    this.notifications = notifications;
    this.surveys = surveys;
    this.debriefs = debriefs;
    this.escalation = escalation;
    this.desk = desk;
    this.rights = rights;
    this.findings = findings;
    this.auditor = auditor;
    this.mailViewer = mailViewer;
  }

  @GetMapping("/cases")
  String cases(
      @RequestParam(required = false) @Nullable String state,
      @RequestParam(required = false) @Nullable String tier,
      @RequestParam(required = false) @Nullable String after,
      Model model) {
    rights.mustBeStaff();
    var filter = new CaseFilter(
        blank(state) ? null : CaseState.of(state), blank(tier) ? null : Tier.of(tier), null, null);
    var page = cases.page(filter, blank(after) ? null : CaseNumber.of(after), PAGE);
    model.addAttribute("cases", page);
    model.addAttribute("states", CaseState.values());
    model.addAttribute("tiers", tiers.all());
    model.addAttribute("state", state);
    model.addAttribute("tier", tier);
    model.addAttribute(
        "next", page.size() < PAGE ? null : page.get(page.size() - 1).number());
    return "cases";
  }

  @GetMapping("/cases/{number}")
  String theCase(@PathVariable String number, Model model) {
    rights.mustBeStaff();
    var customerCase = cases.require(CaseNumber.of(number));
    var of = customerCase.number();
    model.addAttribute("case", customerCase);
    model.addAttribute(
        "tierName", customerCase.tier() == null ? "" : tiers.name(customerCase.tier()));
    model.addAttribute("brief", briefs.of(customerCase));
    model.addAttribute("conversation", conversation.of(of));
    model.addAttribute("ledger", ledger.of(of));
    model.addAttribute(
        "deadlines", clocks.tier(of).filter(each -> !each.arePaused()).orElse(null));
    var explained = clocks.explain(of);
    model.addAttribute("clocks", explained);
    model.addAttribute(
        "visits",
        explained.stream()
            .filter(each -> each.tier() != null)
            .sorted(Comparator.comparing(Explanation::run))
            .toList());
    model.addAttribute("thirdParty", escalation.waitForThirdParty(of).orElse(null));
    model.addAttribute("badPauses", clocks.badPauses(of));
    model.addAttribute("findings", findings.of(of));
    model.addAttribute("mayPlan", rights.mayPlan());
    model.addAttribute("notifications", notifications.of(of));
    model.addAttribute("surveys", surveys.of(of));
    model.addAttribute("actions", debriefs.actionsOf(of));
    model.addAttribute("reasons", Reason.values());
    model.addAttribute("priorities", Priority.values());
    model.addAttribute("higher", others(customerCase.tier(), 1));
    model.addAttribute("lower", others(customerCase.tier(), -1));
    model.addAttribute("worksOn", rights.worksOn(customerCase));
    model.addAttribute("isOfATier", rights.isOfATier());
    return "case";
  }

  private List<Tier> others(@Nullable Tier tier, int direction) {
    return tier == null
        ? List.of()
        : tiers.all().stream()
            .filter(each -> tiers.compare(each, tier) * direction > 0)
            .toList();
  }

  @PostMapping("/cases/{number}/messages")
  String say(
      @PathVariable String number,
      @RequestParam String kind,
      @RequestParam String text,
      RedirectAttributes done) {
    rights.mustBeOfATier();
    var of = CaseNumber.of(number);
    switch (kind) {
      case "reply" -> desk.agentReplies(of, text, false);
      case "question" -> desk.agentReplies(of, text, true);
      case "note" -> desk.agentNotes(of, text);
      case "customer" -> desk.customerWrites(of, text);
      default ->
        throw new IllegalArgumentException("'kind' must be reply, question, note or customer");
    }
    return back(of, done, "Kept.");
  }

  @PostMapping("/cases/{number}/escalations")
  String escalate(
      @PathVariable String number,
      @RequestParam int visit,
      @RequestParam String reason,
      @RequestParam String note,
      @RequestParam(required = false) @Nullable String toTier,
      RedirectAttributes done) {
    var customerCase = asSeen(CaseNumber.of(number), visit);
    rights.mustWorkOn(customerCase);
    escalation.escalate(customerCase, Reason.of(reason), note, tier(toTier));
    return back(customerCase.number(), done, "Escalated.");
  }

  @PostMapping("/cases/{number}/returns")
  String returnDown(
      @PathVariable String number,
      @RequestParam int visit,
      @RequestParam String justification,
      @RequestParam(required = false) @Nullable String toTier,
      RedirectAttributes done) {
    var customerCase = asSeen(CaseNumber.of(number), visit);
    rights.mustWorkOn(customerCase);
    escalation.returnDown(customerCase, justification, tier(toTier));
    return back(customerCase.number(), done, "Returned.");
  }

  @PostMapping("/cases/{number}/resolution")
  String resolve(
      @PathVariable String number,
      @RequestParam int visit,
      @RequestParam String solution,
      RedirectAttributes done) {
    var customerCase = asSeen(CaseNumber.of(number), visit);
    rights.mustWorkOn(customerCase);
    escalation.resolve(customerCase, solution);
    return back(customerCase.number(), done, "The solution is on its way to the customer.");
  }

  /** The case, if it is still where it was when the page was shown. */
  private CustomerCase asSeen(CaseNumber number, int visit) {
    var customerCase = cases.require(number);
    if (customerCase.visit() != visit) {
      throw new WrongState(number, "it has been handed over since you opened the page");
    }
    return customerCase;
  }

  @PostMapping("/cases/{number}/third-party-wait")
  String waitForThirdParty(
      @PathVariable String number,
      @RequestParam int visit,
      @RequestParam String note,
      RedirectAttributes done) {
    var customerCase = asSeen(CaseNumber.of(number), visit);
    rights.mustWorkOn(customerCase);
    escalation.waitForThirdParty(customerCase, note);
    return back(customerCase.number(), done, "The case waits for a third party.");
  }

  @PostMapping("/cases/{number}/third-party-answer")
  String thirdPartyAnswered(
      @PathVariable String number, @RequestParam String note, RedirectAttributes done) {
    rights.mustBeOfATier();
    var of = CaseNumber.of(number);
    escalation.thirdPartyAnswered(of, note);
    return back(of, done, "The case waits for the third party no longer.");
  }

  @PostMapping("/cases/{number}/priority")
  String changePriority(
      @PathVariable String number,
      @RequestParam String priority,
      @RequestParam String why,
      RedirectAttributes done) {
    rights.mustBeOfATier();
    var of = CaseNumber.of(number);
    escalation.changePriority(of, Priority.of(priority), why);
    return back(of, done, "Priority changed.");
  }

  /** What the customer told somebody on the phone. */
  @PostMapping("/cases/{number}/customers-move")
  String customersMove(
      @PathVariable String number,
      @RequestParam String move,
      @RequestParam(required = false) @Nullable String why,
      RedirectAttributes done) {
    rights.mustBeOfATier();
    var of = CaseNumber.of(number);
    CustomersMoves.make(escalation, of, move, why == null ? "" : why, "customer");
    return back(of, done, "Done.");
  }

  /** What the escalation auditor found. */
  @GetMapping("/findings")
  String findings(Model model) {
    rights.mustBeStaff();
    model.addAttribute("findings", findings.lasting());
    model.addAttribute("lastRun", findings.lastRun().orElse(null));
    model.addAttribute("mayPlan", rights.mayPlan());
    return "findings";
  }

  @PostMapping("/cases/{number}/repair")
  String repair(
      @PathVariable String number,
      @RequestParam(required = false) @Nullable String why,
      RedirectAttributes done) {
    rights.mustPlan();
    var of = cases.require(CaseNumber.of(number)).number();
    var left = auditor.repair(of, why);
    return back(
        of,
        done,
        left.isEmpty() ? "Repaired." : "Repaired what could be; something is left, see below.");
  }

  @PostMapping("/cases/{number}/replanning")
  String replan(@PathVariable String number, @RequestParam String why, RedirectAttributes done) {
    rights.mustPlan();
    var of = CaseNumber.of(number);
    escalation.replan(of, why);
    return back(of, done, "The running clocks count by the policy and the calendars of now.");
  }

  @GetMapping("/outbox")
  String outbox(Model model) {
    rights.mustBeStaff();
    var viewer = mailViewer.getIfAvailable();
    model.addAttribute("isViewer", viewer != null);
    model.addAttribute("mails", viewer == null ? List.of() : viewer.mails());
    return "outbox";
  }

  private static String back(CaseNumber number, RedirectAttributes done, String what) {
    done.addFlashAttribute("done", what);
    return "redirect:/cases/" + number;
  }

  private static @Nullable Tier tier(@Nullable String group) {
    return blank(group) ? null : Tier.of(group);
  }

  private static boolean blank(@Nullable String text) {
    return text == null || text.isBlank();
  }
}
