package org.escalationpath.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.escalationpath.cases.Attachment;
import org.escalationpath.cases.Attachments;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.Conversation;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.FileRules;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Message;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.clocks.PromiseClocks;
import org.escalationpath.engine.People;
import org.escalationpath.escalation.EscalationProcess;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.ui.ModelMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.multipart.MultipartFile;
import org.springframework.web.servlet.ModelAndView;

/** A case as its customer sees it, behind a private link. Whoever has the link may use it; nobody else. */
@Page
class StatusPage {

  private final Links links;
  private final Cases cases;
  private final Conversation conversation;
  private final Attachments attachments;
  private final FileRules rules;
  private final Ledger ledger;
  private final Clocks clocks;
  private final PromiseClocks promises;
  private final Tiers tiers;
  private final People people;
  private final EscalationProcess escalation;
  private final CaseDesk desk;
  private final Troubles troubles;
  private final Words words;
  private final Clock clock;

  StatusPage(
      Links links,
      Cases cases,
      Conversation conversation,
      Attachments attachments,
      FileRules rules,
      Ledger ledger,
      Clocks clocks,
      PromiseClocks promises,
      Tiers tiers,
      People people,
      EscalationProcess escalation,
      CaseDesk desk,
      Troubles troubles,
      Words words,
      Clock clock) {
    this.links = links;
    this.cases = cases;
    this.conversation = conversation;
    this.attachments = attachments;
    this.rules = rules;
    this.ledger = ledger;
    this.clocks = clocks;
    this.promises = promises;
    this.tiers = tiers;
    this.people = people;
    this.escalation = escalation;
    this.desk = desk;
    this.troubles = troubles;
    this.words = words;
    this.clock = clock;
  }

  /** By when the customer hears from us, or should have. */
  record Promise(Instant limitAt, boolean isLate) {}

  /**
   * A place on the path.
   *
   * @param state {@code done}, {@code here}, {@code skipped} or {@code ahead}
   */
  record Place(String name, String state) {}

  @GetMapping("/status/{token}")
  String status(@PathVariable String token, HttpServletRequest request, ModelMap model) {
    return show(token, caseOf(token, request), model);
  }

  private String show(String token, CustomerCase customerCase, ModelMap model) {
    var number = customerCase.number();
    model.addAttribute("case", customerCase);
    model.addAttribute("token", token);
    model.addAttribute("link", links.to("/status/" + token));
    model.addAttribute("places", places(customerCase));
    model.addAttribute(
        "owner", customerCase.owner() == null ? null : people.firstName(customerCase.owner()));
    model.addAttribute(
        "canClimb",
        customerCase.tier() != null && tiers.above(customerCase.tier()).isPresent());
    var files = attachments.of(number).stream().filter(Attachment::isPublic).toList();
    model.addAttribute("files", files);
    model.addAttribute(
        "conversation",
        conversation.of(number).stream().filter(Message::isPublic).toList());
    model.addAttribute(
        "waitsForThirdParty", escalation.waitForThirdParty(number).isPresent());
    model.addAttribute(
        "promise",
        promises
            .next(number)
            .filter(each -> !each.arePaused())
            .map(each -> new Promise(each.limitAt(), !each.limitAt().isAfter(clock.instant())))
            .orElse(null));
    model.addAttribute(
        "clocks", clocks.explain(number).stream().filter(Explanation::isRunning).toList());
    model.addAttribute("rules", rules);
    return "status";
  }

  /** The way the case has taken through the tiers, from coming in to its end. */
  private List<Place> places(CustomerCase customerCase) {
    var visited = ledger.of(customerCase.number()).stream()
        .map(LedgerEntry::toTier)
        .filter(tier -> tier != null)
        .distinct()
        .toList();
    var isWorkedOn =
        customerCase.state() == CaseState.OPEN || customerCase.state() == CaseState.WAITING;
    var places = new ArrayList<Place>();
    places.add(new Place(
        words.text("path.received"), customerCase.tier() == null && isWorkedOn ? "here" : "done"));
    for (var tier : tiers.all()) {
      places.add(new Place(words.tier(tier), state(tier, customerCase, visited, isWorkedOn)));
    }
    if (customerCase.state() == CaseState.RESOLVED) {
      places.add(new Place(words.text("path.resolved"), "here"));
    } else {
      places.add(new Place(
          words.text("path.end." + (isWorkedOn ? "open" : customerCase.state().toString())),
          isWorkedOn ? "ahead" : "here"));
    }
    return places;
  }

  private String state(
      Tier tier, CustomerCase customerCase, List<Tier> visited, boolean isWorkedOn) {
    if (tier.equals(customerCase.tier())) {
      return isWorkedOn ? "here" : "done";
    }
    if (visited.contains(tier)) {
      return "done";
    }
    var isBelow = customerCase.tier() != null && tiers.compare(tier, customerCase.tier()) < 0;
    return isBelow ? "skipped" : "ahead";
  }

  @PostMapping("/status/{token}/messages")
  ModelAndView write(
      @PathVariable String token,
      @RequestParam Map<String, String> typed,
      @RequestParam(required = false) @Nullable List<MultipartFile> files,
      HttpServletRequest request) {
    return act(
        token,
        typed,
        "status.done.message",
        number ->
            desk.customerWrites(number, typed.getOrDefault("text", ""), Uploads.of(files, rules)),
        request);
  }

  @PostMapping("/status/{token}/moves")
  ModelAndView move(
      @PathVariable String token,
      @RequestParam Map<String, String> typed,
      HttpServletRequest request) {
    var move = typed.getOrDefault("move", "");
    return act(
        token,
        typed,
        "status.done." + move,
        number -> CustomersMoves.make(
            escalation, number, move, typed.getOrDefault("why", ""), Message.CUSTOMER),
        request);
  }

  private ModelAndView act(
      String token,
      Map<String, String> typed,
      String whatWasDone,
      Consumer<CaseNumber> command,
      HttpServletRequest request) {
    var target = links.find(Links.STATUS, token).orElseThrow(NoSuchLink::new);
    var trouble = troubles.ofCustomer(() -> {
      command.accept(target.caseNumber());
      if (target.isMailed()) {
        cases.confirm(target.caseNumber());
      }
    });
    if (trouble == null) {
      return Redirects.to("/status/" + token, whatWasDone);
    }
    var page = new ModelAndView("status", trouble.status());
    page.addObject("trouble", trouble);
    page.addObject("typed", typed);
    show(token, caseOf(token, request), page.getModelMap());
    return page;
  }

  @GetMapping("/status/{token}/files/{id}")
  ResponseEntity<byte[]> file(@PathVariable String token, @PathVariable String id) {
    var target = links.find(Links.STATUS, token).orElseThrow(NoSuchLink::new);
    var attachment = attachments
        .find(target.caseNumber(), id)
        .filter(Attachment::isPublic)
        .orElseThrow(NoSuchLink::new);
    return Uploads.download(attachment, attachments.content(attachment));
  }

  private CustomerCase caseOf(String token, HttpServletRequest request) {
    var customerCase = links
        .find(Links.STATUS, token)
        .map(target -> cases.require(target.caseNumber()))
        .orElseThrow(NoSuchLink::new);
    PageLanguages.speak(request, customerCase.customer().locale());
    return customerCase;
  }
}
