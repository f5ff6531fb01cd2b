package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.escalationpath.auditor.EscalationAuditor;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.NoSuchCase;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tier;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Worklist;
import org.escalationpath.escalation.Brief;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.escalation.Mood;
import org.escalationpath.escalation.WrongState;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * The page of a case, for staff, with everything one can do with it. What does not work shows the page again, with what was typed and
 * with what to change, or with what happened meanwhile.
 */
@Page
@RequestMapping("/cases/{number}")
class CasePage {

  private static final int LONGEST = 2_000;

  private final Cases cases;
  private final CaseView view;
  private final CaseDesk desk;
  private final Attachments attachments;
  private final FileRules rules;
  private final EscalationProcess escalation;
  private final EscalationAuditor auditor;
  private final Worklist worklist;
  private final LiveCases live;
  private final Rights rights;
  private final Actor actor;
  private final Troubles troubles;

  CasePage(
      Cases cases,
      CaseView view,
      CaseDesk desk,
      Attachments attachments,
      FileRules rules,
      EscalationProcess escalation,
      EscalationAuditor auditor,
      Worklist worklist,
      LiveCases live,
      Rights rights,
      Actor actor,
      Troubles troubles) {
    this.cases = cases;
    this.view = view;
    this.desk = desk;
    this.attachments = attachments;
    this.rules = rules;
    this.escalation = escalation;
    this.auditor = auditor;
    this.worklist = worklist;
    this.live = live;
    this.rights = rights;
    this.actor = actor;
    this.troubles = troubles;
  }

  @GetMapping
  String show(@PathVariable String number, ModelMap model) {
    rights.mustBeStaff();
    view.show(cases.require(CaseNumber.of(number)), model);
    return "case";
  }

  /** What has changed since the page was opened, in parts that replace those shown. */
  @GetMapping("/changes")
  @Nullable
  String changes(
      @PathVariable String number,
      @RequestParam int visit,
      @RequestParam String state,
      @RequestParam int seq,
      HttpServletResponse response,
      ModelMap model) {
    rights.mustBeStaff();
    var customerCase = cases.require(CaseNumber.of(number));
    if (view.lastSeq(customerCase) == seq) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return null;
    }
    model.addAttribute("seenVisit", visit);
    model.addAttribute("seenState", state);
    view.showWhatChanges(customerCase, model);
    model.addAttribute(
        "isStale",
        customerCase.visit() != visit || !customerCase.state().toString().equals(state));
    return "case-changes";
  }

  @GetMapping("/live")
  SseEmitter live(@PathVariable String number, HttpServletResponse response) {
    rights.mustBeStaff();
    // so that no proxy keeps events back
    response.setHeader("X-Accel-Buffering", "no");
    return live.watch(cases.require(CaseNumber.of(number)).number());
  }

  @GetMapping("/files/{id}")
  ResponseEntity<byte[]> file(@PathVariable String number, @PathVariable String id) {
    rights.mustBeStaff();
    var attachment =
        attachments.find(CaseNumber.of(number), id).orElseThrow(() -> new NoSuchCase(number));
    return Uploads.download(attachment, attachments.content(attachment));
  }

  @PostMapping("/messages")
  ModelAndView say(
      @PathVariable String number,
      @RequestParam Map<String, String> typed,
      @RequestParam(required = false) @Nullable List<MultipartFile> files) {
    rights.mustBeOfATier();
    var text = text(typed, "text");
    return act(number, typed, "case.done.message", of -> {
      var uploads = Uploads.of(files, rules);
      switch (text(typed, "kind")) {
        case "reply" -> desk.agentReplies(of, text, false, uploads);
        case "question" -> desk.agentReplies(of, text, true, uploads);
        case "note" -> desk.agentNotes(of, text, uploads);
        case "customer" -> desk.customerWrites(of, text, uploads);
        default ->
          throw new BadInput(
              "kind",
              "no-choice",
              "'kind' must be reply, question, note or customer",
              "reply, question, note, customer");
      }
    });
  }

  /** The person works on it from now on, whoever did before. */
  @PostMapping("/claim")
  ModelAndView claim(@PathVariable String number, @RequestParam Map<String, String> typed) {
    return act(number, typed, "case.done.claim", of -> {
      rights.mustWorkOn(asSeen(of, typed));
      if (!worklist.take("escalation-path", of.value(), actor.name())) {
        throw new WrongState(of, "nobody works on it at the moment");
      }
    });
  }

  @PostMapping("/escalations")
  ModelAndView escalate(@PathVariable String number, @RequestParam Map<String, String> typed) {
    return act(number, typed, "case.done.escalation", of -> {
      var seen = asSeen(of, typed);
      rights.mustWorkOn(seen);
      escalation.escalate(
          seen,
          Reason.of(FreeText.require("reason", typed.get("reason"), 40)),
          FreeText.require("note", typed.get("note"), LONGEST),
          tier(typed),
          brief(typed));
    });
  }

  @PostMapping("/returns")
  ModelAndView returnDown(@PathVariable String number, @RequestParam Map<String, String> typed) {
    return act(number, typed, "case.done.return", of -> {
      var seen = asSeen(of, typed);
      rights.mustWorkOn(seen);
      escalation.returnDown(
          seen,
          FreeText.require("justification", typed.get("justification"), LONGEST),
          tier(typed),
          brief(typed));
    });
  }

  /** A form without the fields of the brief leaves it to be built automatically. */
  private static Brief.@Nullable Confirmed brief(Map<String, String> typed) {
    if (!typed.containsKey("ask")) {
      return null;
    }
    var mood = FreeText.optional("mood", typed.get("mood"), 20);
    return new Brief.Confirmed(
        FreeText.optional("ask", typed.get("ask"), LONGEST),
        FreeText.optional("tried", typed.get("tried"), LONGEST),
        FreeText.optional("promised", typed.get("promised"), LONGEST),
        mood == null ? null : Mood.of(mood));
  }

  @PostMapping("/resolution")
  ModelAndView resolve(@PathVariable String number, @RequestParam Map<String, String> typed) {
    return act(number, typed, "case.done.resolution", of -> {
      var seen = asSeen(of, typed);
      rights.mustWorkOn(seen);
      escalation.resolve(seen, FreeText.require("solution", typed.get("solution"), 4_000));
    });
  }

  @PostMapping("/third-party-wait")
  ModelAndView waitForThirdParty(
      @PathVariable String number, @RequestParam Map<String, String> typed) {
    return act(number, typed, "case.done.third-party-wait", of -> {
      var seen = asSeen(of, typed);
      rights.mustWorkOn(seen);
      escalation.waitForThirdParty(seen, text(typed, "note"));
    });
  }

  @PostMapping("/third-party-answer")
  ModelAndView thirdPartyAnswered(
      @PathVariable String number, @RequestParam Map<String, String> typed) {
    rights.mustBeOfATier();
    return act(
        number,
        typed,
        "case.done.third-party-answer",
        of -> escalation.thirdPartyAnswered(of, text(typed, "note")));
  }

  @PostMapping("/priority")
  ModelAndView changePriority(
      @PathVariable String number, @RequestParam Map<String, String> typed) {
    rights.mustBeOfATier();
    return act(
        number,
        typed,
        "case.done.priority",
        of -> escalation.changePriority(
            of, Priority.of(text(typed, "priority")), text(typed, "why")));
  }

  /** What the customer told somebody on the phone. */
  @PostMapping("/customers-move")
  ModelAndView customersMove(@PathVariable String number, @RequestParam Map<String, String> typed) {
    rights.mustBeOfATier();
    return act(
        number,
        typed,
        "case.done.customers-move",
        of -> CustomersMoves.make(
            escalation, of, text(typed, "move"), text(typed, "why"), Message.CUSTOMER));
  }

  /** The customer's private links went astray: none of those given out works any more. */
  @PostMapping("/links-revocation")
  ModelAndView revokeLinks(@PathVariable String number, @RequestParam Map<String, String> typed) {
    rights.mustBeOfATier();
    return act(number, typed, "case.done.links", of -> desk.revokeLinks(of, text(typed, "why")));
  }

  @PostMapping("/repair")
  ModelAndView repair(@PathVariable String number, @RequestParam Map<String, String> typed) {
    rights.mustPlan();
    var isLeft = new AtomicBoolean();
    return act(
        number,
        typed,
        () -> isLeft.get() ? "case.done.repair-in-part" : "case.done.repair",
        of -> isLeft.set(
            !auditor.repair(cases.require(of).number(), typed.get("why")).isEmpty()));
  }

  @PostMapping("/replanning")
  ModelAndView replan(@PathVariable String number, @RequestParam Map<String, String> typed) {
    rights.mustPlan();
    return act(
        number, typed, "case.done.replanning", of -> escalation.replan(of, text(typed, "why")));
  }

  private ModelAndView act(
      String number, Map<String, String> typed, String whatWasDone, Consumer<CaseNumber> command) {
    return act(number, typed, () -> whatWasDone, command);
  }

  private ModelAndView act(
      String number,
      Map<String, String> typed,
      Supplier<String> whatWasDone,
      Consumer<CaseNumber> command) {
    var of = CaseNumber.of(number);
    var trouble = troubles.ofStaff(of, () -> command.accept(of));
    if (trouble == null) {
      return Redirects.to("/cases/" + of, whatWasDone.get());
    }
    var page = new ModelAndView("case", trouble.status());
    page.addObject("trouble", trouble);
    page.addObject("typed", typed);
    view.show(cases.require(of), page.getModelMap());
    return page;
  }

  /** The case, if it is still where it was when the page was shown. */
  private CustomerCase asSeen(CaseNumber number, Map<String, String> typed) {
    var customerCase = cases.require(number);
    if (!String.valueOf(customerCase.visit()).equals(typed.get("visit"))) {
      throw new WrongState(number, "it has been handed over since you opened the page");
    }
    return customerCase;
  }

  private static String text(Map<String, String> typed, String field) {
    return typed.getOrDefault(field, "");
  }

  private static @Nullable Tier tier(Map<String, String> typed) {
    var group = FreeText.optional("toTier", typed.get("toTier"), 64);
    return group == null ? null : Tier.of(group);
  }
}
