package org.escalationpath.desk;

import java.time.Clock;
import java.time.Instant;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Tiers;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.clocks.PromiseClocks;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.survey.Answer;
import org.escalationpath.survey.SurveyAnswers;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The pages behind private links: a case's status, and the survey. Whoever has the link may use it; nobody else. */
@Controller
class CustomerPages {

  private final Links links;
  private final Cases cases;
  private final Conversation conversation;
  private final Clocks clocks;
  private final PromiseClocks promises;
  private final Tiers tiers;
  private final EscalationProcess escalation;
  private final CaseDesk desk;
  private final SurveyAnswers surveys;
  private final Clock clock;

  CustomerPages(
      Links links,
      Cases cases,
      Conversation conversation,
      Clocks clocks,
      PromiseClocks promises,
      Tiers tiers,
      EscalationProcess escalation,
      CaseDesk desk,
      SurveyAnswers surveys,
      Clock clock) {
    this.links = links;
    this.cases = cases;
    this.conversation = conversation;
    this.clocks = clocks;
    this.promises = promises;
    this.tiers = tiers;
    this.escalation = escalation;
    this.desk = desk;
    this.surveys = surveys;
    this.clock = clock;
  }

  /** By when the customer hears from us, or should have. */
  record Promise(Instant limitAt, boolean isLate) {}

  @GetMapping("/status/{token}")
  String status(@PathVariable String token, Model model) {
    var customerCase = caseOf(token);
    model.addAttribute("case", customerCase);
    model.addAttribute("token", token);
    model.addAttribute(
        "tierName", customerCase.tier() == null ? "" : tiers.name(customerCase.tier()));
    model.addAttribute(
        "canClimb",
        customerCase.tier() != null && tiers.above(customerCase.tier()).isPresent());
    model.addAttribute(
        "conversation",
        conversation.of(customerCase.number()).stream()
            .filter(Message::isPublic)
            .toList());
    model.addAttribute(
        "deadlines",
        clocks.tier(customerCase.number()).filter(each -> !each.arePaused()).orElse(null));
    model.addAttribute(
        "waitsForThirdParty",
        escalation.waitForThirdParty(customerCase.number()).isPresent());
    model.addAttribute(
        "promise",
        promises
            .next(customerCase.number())
            .filter(each -> !each.arePaused())
            .map(each -> new Promise(each.limitAt(), !each.limitAt().isAfter(clock.instant())))
            .orElse(null));
    model.addAttribute(
        "clocks",
        clocks.explain(customerCase.number()).stream()
            .filter(Explanation::isRunning)
            .toList());
    return "status";
  }

  @PostMapping("/status/{token}/messages")
  String write(@PathVariable String token, @RequestParam String text, RedirectAttributes done) {
    desk.customerWrites(caseOf(token).number(), text);
    done.addFlashAttribute("done", "Thank you, we have your message.");
    return "redirect:/status/" + token;
  }

  @PostMapping("/status/{token}/moves")
  String move(
      @PathVariable String token,
      @RequestParam String move,
      @RequestParam(required = false) @Nullable String why,
      RedirectAttributes done) {
    CustomersMoves.make(
        escalation, caseOf(token).number(), move, why == null ? "" : why, "customer");
    done.addFlashAttribute("done", "Thank you, we have noted that.");
    return "redirect:/status/" + token;
  }

  private CustomerCase caseOf(String token) {
    return links
        .find(Links.STATUS, token)
        .map(target -> cases.require(target.caseNumber()))
        .orElseThrow(NoSuchLink::new);
  }

  @GetMapping("/survey/{token}")
  String survey(@PathVariable String token, Model model) {
    var survey = surveys.find(surveyOf(token));
    model.addAttribute("survey", survey);
    model.addAttribute("case", cases.require(survey.caseNumber()));
    model.addAttribute("token", token);
    return "survey";
  }

  @PostMapping("/survey/{token}")
  String answer(
      @PathVariable String token,
      @RequestParam(required = false) @Nullable Integer csat,
      @RequestParam(required = false) @Nullable Integer ces,
      @RequestParam(required = false) @Nullable String solved,
      @RequestParam(required = false) @Nullable String comment,
      RedirectAttributes done) {
    var id = surveyOf(token);
    if (csat == null || solved == null) {
      throw new IllegalArgumentException(
          "Please say how satisfied you are and whether the problem was solved");
    }
    var isKept = surveys.answer(id, new Answer(csat, ces, solved.equals("yes"), comment));
    done.addFlashAttribute(
        "done", isKept ? "Thank you for your answer." : "Your answer was recorded before.");
    return "redirect:/survey/" + token;
  }

  private String surveyOf(String token) {
    return links.find(Links.SURVEY, token).map(Links.Target::subject).orElseThrow(NoSuchLink::new);
  }
}
