package org.escalationpath.desk;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Links;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.cases.Tier;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.Deadlines;
import org.escalationpath.clocks.Explanation;
import org.escalationpath.clocks.PauseFinding;
import org.escalationpath.clocks.PromiseClocks;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.DueDate;
import org.escalationpath.escalation.EscalationProcess;
import org.escalationpath.intake.CaseForm;
import org.escalationpath.intake.Intake;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Cases over HTTP. Errors are problem details that say what to change; unknown properties are errors. */
@RestController
@RequestMapping("/api/cases")
@Tag(
    name = "cases",
    description = "Open cases, move them along their path, and see what happened to them")
class CaseApi {

  private static final int LARGEST_PAGE = 200;

  private final Intake intake;
  private final Cases cases;
  private final CaseSearch search;
  private final CaseQuery query;
  private final Ledger ledger;
  private final Clocks clocks;
  private final PromiseClocks promises;
  private final Links links;
  private final EscalationProcess escalation;
  private final CaseDesk desk;
  private final Rights rights;
  private final Actor actor;

  CaseApi(
      Intake intake,
      Cases cases,
      CaseSearch search,
      CaseQuery query,
      Ledger ledger,
      Clocks clocks,
      PromiseClocks promises,
      Links links,
      EscalationProcess escalation,
      CaseDesk desk,
      Rights rights,
      Actor actor) {
    this.intake = intake;
    this.cases = cases;
    this.search = search;
    this.query = query;
    this.ledger = ledger;
    this.clocks = clocks;
    this.promises = promises;
    this.links = links;
    this.escalation = escalation;
    this.desk = desk;
    this.rights = rights;
    this.actor = actor;
  }

  record NewCustomer(
      @Nullable String name,
      @Nullable String email,
      @Nullable String phone,
      @Nullable String language,
      @Nullable String preferredChannel,
      @Nullable String segment) {}

  record OpenCase(
      @Nullable NewCustomer customer,
      @Nullable String subject,
      @Nullable String description,
      @Nullable String category,
      @Nullable String product,
      @Nullable String severity,
      @Nullable String reason,
      @Nullable String channel,
      @Nullable String externalId,
      @Nullable String neededBy) {

    Map<String, Object> fields() {
      var fields = new HashMap<String, Object>();
      if (customer != null) {
        fields.put("customerName", customer.name());
        fields.put("customerEmail", customer.email());
        fields.put("customerPhone", customer.phone());
        fields.put("language", customer.language());
        fields.put("preferredChannel", customer.preferredChannel());
        fields.put("segment", customer.segment());
      }
      fields.put("subject", subject);
      fields.put("description", description);
      fields.put("category", category);
      fields.put("product", product);
      fields.put("severity", severity);
      fields.put("reason", reason);
      fields.put("channel", channel);
      fields.put("externalId", externalId);
      fields.put("neededBy", neededBy);
      return fields;
    }
  }

  record OpenedCase(
      String number, String priority, @Nullable String tier, String statusUrl) {}

  @PostMapping
  @Operation(
      summary = "Open a case",
      description = "The same externalId twice opens one case and answers 200 with it")
  ResponseEntity<OpenedCase> open(@RequestBody OpenCase request) {
    rights.mustBeOfATier();
    var opened = intake.open(CaseForm.read(request.fields()));
    var customerCase = opened.customerCase();
    var number = customerCase.number();
    var body = new OpenedCase(
        number.value(),
        customerCase.priority().toString(),
        text(customerCase.tier()),
        links.mintToShow(number));
    return opened.isNew()
        ? ResponseEntity.created(URI.create("/api/cases/" + number)).body(body)
        : ResponseEntity.ok(body);
  }

  record CaseBody(
      String number,
      String subject,
      String description,
      String state,
      String priority,
      @Nullable String tier,
      @Nullable String owner,
      @Nullable String category,
      @Nullable String product,
      @Nullable String severity,
      String channel,
      @Nullable String externalId,
      Map<String, Object> customer,
      Instant openedAt,
      @Nullable Instant dueAt,
      @Nullable Instant closedAt) {

    static CaseBody of(CustomerCase each) {
      var customer = new HashMap<String, Object>();
      customer.put("name", each.customer().name());
      customer.put("email", each.customer().email());
      customer.put("phone", each.customer().phone());
      customer.put("language", each.customer().language());
      customer.put("segment", each.customer().segment());
      return new CaseBody(
          each.number().value(),
          each.subject(),
          each.description(),
          each.state().toString(),
          each.priority().toString(),
          text(each.tier()),
          each.owner(),
          each.category(),
          each.product(),
          each.severity(),
          each.channel(),
          each.externalId(),
          customer,
          each.openedAt(),
          each.dueAt(),
          each.closedAt());
    }
  }

  record Page(List<CaseBody> cases, @Nullable String next) {}

  @GetMapping
  @Operation(
      summary = "A page of cases, the newest first",
      description =
          "At most 200 a page; pass what 'next' says as 'after' to go on. 'state' is a state, not-ended or ended; 'owner' a user id or me;"
              + " 'due' late, at-risk, a time from now like PT4H, or an instant; 'order' newest or due; 'text' part of the number, subject,"
              + " description, name or address")
  Page page(
      @Parameter(
              in = ParameterIn.QUERY,
              name = "filter",
              description =
                  "state, tier, priority, customer, owner, reason, due, text, order, after")
          @RequestParam
          Map<String, String> asked,
      @RequestParam(defaultValue = "50") int size) {
    rights.mustBeStaff();
    if (size < 1 || size > LARGEST_PAGE) {
      throw new IllegalArgumentException("'size' must be from 1 to " + LARGEST_PAGE);
    }
    var found = search.page(query.filter(asked), query.order(asked), query.after(asked), size);
    return new Page(
        found.cases().stream().map(CaseBody::of).toList(),
        found.next() == null ? null : found.next().toString());
  }

  @GetMapping("/{number}")
  @Operation(summary = "A case as it stands now")
  CaseBody get(@PathVariable String number) {
    rights.mustBeStaff();
    return CaseBody.of(cases.require(CaseNumber.of(number)));
  }

  record LedgerView(List<Entry> entries) {

    record Entry(
        int seq,
        Instant at,
        String who,
        String what,
        @Nullable String fromTier,
        @Nullable String toTier,
        @Nullable String reason,
        @Nullable String trigger,
        @Nullable String note,
        @Nullable String modelVersion,
        Map<String, Object> details) {

      static Entry of(LedgerEntry entry) {
        return new Entry(
            entry.seq(),
            entry.at(),
            entry.who(),
            entry.what().toString(),
            text(entry.fromTier()),
            text(entry.toTier()),
            text(entry.reason()),
            text(entry.trigger()),
            entry.note(),
            entry.modelVersion(),
            entry.details());
      }
    }
  }

  @GetMapping("/{number}/ledger")
  @Operation(
      summary = "Everything that happened to a case, in order",
      description =
          "'what' is one of opened, triaged, acknowledged, claimed, message-received, message-sent, note-added, message-resent, links-revoked, reminded,"
              + " escalated, tier-skipped, tier-passed, returned, paused, resumed, priority-changed, solution-proposed,"
              + " accepted, rejected, reopened, closed, closed-unresolved, withdrawn, limit-alarm, rated, recommended, debriefed,"
              + " replanned, migrated, audit-finding, repaired; tiers are written as their groups")
  LedgerView ledger(@PathVariable String number) {
    rights.mustBeStaff();
    var customerCase = cases.require(CaseNumber.of(number));
    return new LedgerView(
        ledger.of(customerCase.number()).stream().map(LedgerView.Entry::of).toList());
  }

  record DeadlinesView(
      @Nullable Instant tierReminderAt,
      @Nullable Instant tierLimitAt,
      boolean paused,
      @Nullable Instant promisedAt,
      @Nullable ThirdPartyWait thirdPartyWait,
      List<Explanation> clocks,
      List<PauseFinding> badPauses) {}

  @GetMapping("/{number}/deadlines")
  @Operation(
      summary = "Every clock of a case, explained",
      description =
          "'tierReminderAt' and 'tierLimitAt' are null where no tier's clock runs or it is paused; by 'promisedAt' the customer"
              + " hears from us next. Of each clock, 'intervals' lie end to end: the 'working' ones that are not planned add up to"
              + " 'usedSeconds', all that are not overdue to 'limitSeconds', and the last of these ends at 'limitAt'")
  DeadlinesView deadlines(@PathVariable String number) {
    rights.mustBeStaff();
    var customerCase = cases.require(CaseNumber.of(number));
    var isRunning =
        customerCase.state() == CaseState.OPEN || customerCase.state() == CaseState.WAITING;
    var tier = clocks.tier(customerCase.number()).filter(deadlines -> isRunning);
    var armed = tier.filter(deadlines -> !deadlines.arePaused());
    return new DeadlinesView(
        armed.map(Deadlines::reminderAt).filter(at -> !at.equals(DueDate.NEVER)).orElse(null),
        armed.map(Deadlines::limitAt).orElse(null),
        tier.filter(Deadlines::arePaused).isPresent(),
        promises
            .next(customerCase.number())
            .filter(deadlines -> !deadlines.arePaused())
            .map(Deadlines::limitAt)
            .orElse(null),
        escalation.waitForThirdParty(customerCase.number()).orElse(null),
        clocks.explain(customerCase.number()),
        clocks.badPauses(customerCase.number()));
  }

  record Replanning(@Nullable String why) {}

  @PostMapping("/{number}/replanning")
  @Operation(
      summary = "Put the running clocks of a case under the policy and the calendars of now",
      description = "What they have used is kept, and their timers move with them")
  CaseBody replan(@PathVariable String number, @RequestBody Replanning request) {
    rights.mustPlan();
    escalation.replan(CaseNumber.of(number), FreeText.require("why", request.why(), 2_000));
    return get(number);
  }

  record NewMessage(
      @Nullable String from,
      @Nullable String text,
      @Nullable Boolean waitForCustomer,
      @Nullable String visibility,
      @Nullable Boolean automatic) {}

  @PostMapping("/{number}/messages")
  @Operation(
      summary = "Write a message",
      description =
          "From the customer, or from an agent: public, internal, or a question that the case waits on. An 'automatic' reply of the"
              + " customer's mailbox is kept and ends no wait")
  CaseBody say(@PathVariable String number, @RequestBody NewMessage message) {
    rights.mustBeOfATier();
    var of = CaseNumber.of(number);
    var text = FreeText.require("text", message.text(), CaseDesk.LONGEST_MESSAGE);
    var isQuestion = Boolean.TRUE.equals(message.waitForCustomer());
    var visibility = message.visibility() == null ? "public" : message.visibility();
    switch (String.valueOf(message.from())) {
      case "customer" -> {
        if (Boolean.TRUE.equals(message.automatic())) {
          desk.customersMachineWrites(of, text);
        } else {
          desk.customerWrites(of, text);
        }
      }
      case "agent" -> {
        switch (visibility) {
          case "public" -> desk.agentReplies(of, text, isQuestion);
          case "internal" -> desk.agentNotes(of, text);
          default -> throw new IllegalArgumentException("'visibility' must be public or internal");
        }
      }
      default -> throw new IllegalArgumentException("'from' must be customer or agent");
    }
    return get(number);
  }

  record ThirdParty(@Nullable String note) {}

  @PostMapping("/{number}/third-party-wait")
  @Operation(
      summary = "Wait for a third party: a supplier, a carrier, an authority",
      description =
          "'note' says who that is and what they are to do. Clocks stand still where the policy says so; without an answer they run on"
              + " when the policy's limit for third parties passes")
  CaseBody waitForThirdParty(@PathVariable String number, @RequestBody ThirdParty request) {
    var customerCase = cases.require(CaseNumber.of(number));
    rights.mustWorkOn(customerCase);
    escalation.waitForThirdParty(customerCase, FreeText.require("note", request.note(), 2_000));
    return get(number);
  }

  @PostMapping("/{number}/third-party-answer")
  @Operation(
      summary = "The third party has answered",
      description = "'note' says what, or why nobody waits for them any longer; the clocks run on")
  CaseBody thirdPartyAnswered(@PathVariable String number, @RequestBody ThirdParty request) {
    rights.mustBeOfATier();
    escalation.thirdPartyAnswered(
        CaseNumber.of(number), FreeText.require("note", request.note(), 2_000));
    return get(number);
  }

  record Escalation(
      @Nullable String reason,
      @Nullable String note,
      @Nullable String toTier,
      @Nullable String onBehalfOf) {}

  @PostMapping("/{number}/escalations")
  @Operation(
      summary = "Escalate to a higher tier",
      description = "The next one, unless 'toTier' names another")
  CaseBody escalate(@PathVariable String number, @RequestBody Escalation request) {
    var customerCase = cases.require(CaseNumber.of(number));
    var reason = Reason.of(FreeText.require("reason", request.reason(), 40));
    var note = FreeText.require("note", request.note(), 2_000);
    if (isOnBehalfOfCustomer(request.onBehalfOf())) {
      rights.mustBeOfATier();
      escalation.customerEscalates(
          customerCase.number(), reason, note, tier(request.toTier()), "customer");
    } else {
      rights.mustWorkOn(customerCase);
      escalation.escalate(customerCase, reason, note, tier(request.toTier()));
    }
    return get(number);
  }

  record Return(@Nullable String toTier, @Nullable String justification) {}

  @PostMapping("/{number}/returns")
  @Operation(summary = "Return to a lower tier, with a justification")
  CaseBody returnDown(@PathVariable String number, @RequestBody Return request) {
    var customerCase = cases.require(CaseNumber.of(number));
    rights.mustWorkOn(customerCase);
    escalation.returnDown(
        customerCase,
        FreeText.require("justification", request.justification(), 2_000),
        tier(request.toTier()));
    return get(number);
  }

  record Resolution(@Nullable String solution) {}

  @PostMapping("/{number}/resolution")
  @Operation(summary = "Propose a solution to the customer")
  CaseBody resolve(@PathVariable String number, @RequestBody Resolution request) {
    var customerCase = cases.require(CaseNumber.of(number));
    rights.mustWorkOn(customerCase);
    escalation.resolve(customerCase, FreeText.require("solution", request.solution(), 4_000));
    return get(number);
  }

  record CustomersMove(
      @Nullable String why,
      @Nullable String toTier,
      @Nullable String onBehalfOf) {}

  @PostMapping("/{number}/acceptance")
  @Operation(summary = "The customer accepts the proposed solution")
  CaseBody accept(@PathVariable String number, @RequestBody CustomersMove request) {
    rights.mustBeOfATier();
    escalation.accept(CaseNumber.of(number), mover(request.onBehalfOf()));
    return get(number);
  }

  @PostMapping("/{number}/rejection")
  @Operation(
      summary = "The customer rejects the proposed solution",
      description = "The case climbs, or goes to 'toTier'")
  CaseBody reject(@PathVariable String number, @RequestBody CustomersMove request) {
    rights.mustBeOfATier();
    escalation.reject(
        CaseNumber.of(number),
        FreeText.require("why", request.why(), 2_000),
        tier(request.toTier()),
        mover(request.onBehalfOf()));
    return get(number);
  }

  @PostMapping("/{number}/withdrawal")
  @Operation(summary = "The customer takes the case back")
  CaseBody withdraw(@PathVariable String number, @RequestBody CustomersMove request) {
    rights.mustBeOfATier();
    escalation.withdraw(CaseNumber.of(number), request.why(), mover(request.onBehalfOf()));
    return get(number);
  }

  @PostMapping("/{number}/reopening")
  @Operation(
      summary = "Take a closed case up again",
      description = "At 'toTier', or where it was last")
  CaseBody reopen(@PathVariable String number, @RequestBody CustomersMove request) {
    rights.mustBeOfATier();
    escalation.reopen(
        CaseNumber.of(number),
        FreeText.require("why", request.why(), 2_000),
        tier(request.toTier()),
        mover(request.onBehalfOf()));
    return get(number);
  }

  record NewPriority(@Nullable String priority, @Nullable String why) {}

  @PutMapping("/{number}/priority")
  @Operation(
      summary = "Change the priority",
      description = "The running clock keeps what it has used")
  CaseBody changePriority(@PathVariable String number, @RequestBody NewPriority request) {
    rights.mustBeOfATier();
    escalation.changePriority(
        CaseNumber.of(number),
        Priority.of(FreeText.require("priority", request.priority(), 10)),
        FreeText.require("why", request.why(), 2_000));
    return get(number);
  }

  private String mover(@Nullable String onBehalfOf) {
    return isOnBehalfOfCustomer(onBehalfOf) ? "customer" : actor.name();
  }

  private static boolean isOnBehalfOfCustomer(@Nullable String onBehalfOf) {
    if (onBehalfOf != null && !onBehalfOf.equals("customer")) {
      throw new IllegalArgumentException("'onBehalfOf' must be customer, or left out");
    }
    return onBehalfOf != null;
  }

  private static @Nullable Tier tier(@Nullable String group) {
    return group == null || group.isBlank() ? null : Tier.of(group);
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }
}
