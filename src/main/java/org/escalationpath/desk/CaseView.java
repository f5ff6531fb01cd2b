package org.escalationpath.desk;

import java.util.Comparator;
import java.util.List;
import org.escalationpath.auditor.Findings;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.engine.Worklist;
import org.escalationpath.escalation.Briefs;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.escalation.Mood;
import org.escalationpath.improvement.Debriefs;
import org.escalationpath.notification.Notifications;
import org.escalationpath.survey.SurveyAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.ModelMap;

/** Gathers what the page of a case shows to staff. */
@Component
class CaseView {

  private final Conversation conversation;
  private final Attachments attachments;
  private final FileRules rules;
  private final Ledger ledger;
  private final Clocks clocks;
  private final Tiers tiers;
  private final Briefs briefs;
  private final BriefTexts briefTexts;
  private final Notifications notifications;
  private final SurveyAnswers surveys;
  private final Debriefs debriefs;
  private final EscalationProcess escalation;
  private final Worklist worklist;
  private final Rights rights;
  private final Findings findings;

  CaseView(
      Conversation conversation,
      Attachments attachments,
      FileRules rules,
      Ledger ledger,
      Clocks clocks,
      Tiers tiers,
      Briefs briefs,
      BriefTexts briefTexts,
      Notifications notifications,
      SurveyAnswers surveys,
      Debriefs debriefs,
      EscalationProcess escalation,
      Worklist worklist,
      Rights rights,
      Findings findings) {
    this.conversation = conversation;
    this.attachments = attachments;
    this.rules = rules;
    this.ledger = ledger;
    this.clocks = clocks;
    this.tiers = tiers;
    this.briefs = briefs;
    this.briefTexts = briefTexts;
    this.notifications = notifications;
    this.surveys = surveys;
    this.debriefs = debriefs;
    this.escalation = escalation;
    this.worklist = worklist;
    this.rights = rights;
    this.findings = findings;
  }

  int lastSeq(CustomerCase customerCase) {
    return ledger.lastSeq(customerCase.number());
  }

  /** All that the page shows. */
  void show(CustomerCase customerCase, ModelMap model) {
    showWhatChanges(customerCase, model);
    model.addAttribute("seenVisit", customerCase.visit());
    model.addAttribute("seenState", customerCase.state().toString());
    model.addAttribute("draft", briefs.draft(customerCase, briefTexts));
    model.addAttribute("moods", Mood.values());
    model.addAttribute("reasons", Reason.values());
    model.addAttribute("priorities", Priority.values());
    model.addAttribute("higher", others(customerCase.tier(), 1));
    model.addAttribute("lower", others(customerCase.tier(), -1));
    model.addAttribute("worksOn", rights.worksOn(customerCase));
    model.addAttribute("rules", rules);
  }

  /** What is shown anew when somebody else changes the case while the page is open: all but the forms. */
  void showWhatChanges(CustomerCase customerCase, ModelMap model) {
    var number = customerCase.number();
    var entries = ledger.of(number);
    model.addAttribute("case", customerCase);
    model.addAttribute("brief", briefs.of(customerCase, briefTexts));
    model.addAttribute("conversation", conversation.of(number));
    model.addAttribute("files", attachments.of(number));
    model.addAttribute("ledger", entries);
    model.addAttribute(
        "lastSeq", entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq());
    model.addAttribute(
        "deadlines", clocks.tier(number).filter(each -> !each.arePaused()).orElse(null));
    var explained = clocks.explain(number);
    model.addAttribute("clocks", explained);
    model.addAttribute(
        "endedClocks", explained.stream().filter(each -> !each.isRunning()).count());
    model.addAttribute(
        "visits",
        explained.stream()
            .filter(each -> each.tier() != null)
            .sorted(Comparator.comparing(Explanation::run))
            .toList());
    model.addAttribute("thirdParty", escalation.waitForThirdParty(number).orElse(null));
    model.addAttribute(
        "work", worklist.onPath("escalation-path", number.value()).orElse(null));
    model.addAttribute("badPauses", clocks.badPauses(number));
    model.addAttribute("findings", findings.of(number));
    model.addAttribute("notifications", notifications.of(number));
    model.addAttribute("surveys", surveys.of(number));
    model.addAttribute("actions", debriefs.actionsOf(number));
  }

  private List<Tier> others(@Nullable Tier tier, int direction) {
    return tier == null
        ? List.of()
        : tiers.all().stream()
            .filter(each -> tiers.compare(each, tier) * direction > 0)
            .toList();
  }
}
