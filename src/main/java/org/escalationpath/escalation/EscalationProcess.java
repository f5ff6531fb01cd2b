package org.escalationpath.escalation;

import static org.escalationpath.escalation.EscalationModel.CUSTOMER;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.MismatchingMessageCorrelationException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.camunda.bpm.engine.task.Task;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseState;
import org.escalationpath.cases.Cases;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Ledger;
import org.escalationpath.cases.LedgerEntry;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.ThirdPartyWait;
import org.escalationpath.cases.Tier;
import org.escalationpath.cases.Tiers;
import org.escalationpath.cases.Trigger;
import org.escalationpath.cases.What;
import org.escalationpath.clocks.ClockTerms;
import org.escalationpath.clocks.Clocks;
import org.escalationpath.clocks.PauseFinding;
import org.escalationpath.engine.Actor;
import org.escalationpath.engine.Commands;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/**
 * What people can do with a case on its path. Each command locks the case, checks that it is in a state for it, and lets the
 * model act, all in one transaction. Rights are checked by the caller.
 */
@Component
public class EscalationProcess {

  private static final Set<CaseState> WORKED_ON = Set.of(CaseState.OPEN, CaseState.WAITING);
  private static final Set<CaseState> RESOLVED = Set.of(CaseState.RESOLVED);
  private static final Set<CaseState> NOT_ENDED =
      Set.of(CaseState.OPEN, CaseState.WAITING, CaseState.RESOLVED);
  private static final Set<CaseState> ENDED =
      Set.of(CaseState.CLOSED, CaseState.CLOSED_UNRESOLVED, CaseState.WITHDRAWN);

  private final RuntimeService runtime;
  private final TaskService tasks;
  private final Cases cases;
  private final Ledger ledger;
  private final Tiers tiers;
  private final Briefs briefs;
  private final ConfirmedBriefs confirmedBriefs;
  private final Clocks clocks;
  private final ClockTerms terms;
  private final Waiting waiting;
  private final TierTimers timers;
  private final Promises promises;
  private final Repair repair;
  private final Commands commands;
  private final Actor actor;

  EscalationProcess(
      @Lazy RuntimeService runtime,
      @Lazy TaskService tasks,
      Cases cases,
      Ledger ledger,
      Tiers tiers,
      Briefs briefs,
      ConfirmedBriefs confirmedBriefs,
      Clocks clocks,
      ClockTerms terms,
      Waiting waiting,
      TierTimers timers,
      Promises promises,
      Repair repair,
      Commands commands,
      Actor actor) {
    this.runtime = runtime;
    this.tasks = tasks;
    this.cases = cases;
    this.ledger = ledger;
    this.tiers = tiers;
    this.briefs = briefs;
    this.confirmedBriefs = confirmedBriefs;
    this.clocks = clocks;
    this.terms = terms;
    this.waiting = waiting;
    this.timers = timers;
    this.promises = promises;
    this.repair = repair;
    this.commands = commands;
    this.actor = actor;
  }

  /**
   * The tier now working on the case gives it to a higher one, the next one if none is named.
   *
   * @param seen the case as the person saw it and may work on it
   */
  public void escalate(CustomerCase seen, Reason reason, String note, @Nullable Tier toTier) {
    escalate(seen, reason, note, toTier, null);
  }

  /**
   * As the other, with what the sender confirms for whoever takes over.
   *
   * @param brief null leaves it to be built automatically
   */
  public void escalate(
      CustomerCase seen,
      Reason reason,
      String note,
      @Nullable Tier toTier,
      Brief.@Nullable Confirmed brief) {
    handOver(
        seen,
        outcome("escalate", toTier, Map.of("reason", reason.toString(), "note", note)),
        brief);
  }

  /** The tier now working on the case gives it back to a lower one, the next one if none is named. */
  public void returnDown(CustomerCase seen, String justification, @Nullable Tier toTier) {
    returnDown(seen, justification, toTier, null);
  }

  /** As the other, with what the sender confirms for whoever takes over. */
  public void returnDown(
      CustomerCase seen,
      String justification,
      @Nullable Tier toTier,
      Brief.@Nullable Confirmed brief) {
    handOver(seen, outcome("return", toTier, Map.of("note", justification)), brief);
  }

  private void handOver(
      CustomerCase seen, Map<String, Object> outcome, Brief.@Nullable Confirmed brief) {
    commands.run(() -> {
      if (brief != null) {
        mustBeAsSeen(seen, lock(seen.number(), WORKED_ON));
        confirmedBriefs.keep(seen.number(), seen.visit() + 1, brief, actor.name());
      }
      complete(seen, outcome);
    });
  }

  /** The tier now working on the case proposes a solution to the customer. */
  public void resolve(CustomerCase seen, String solution) {
    complete(seen, outcome("resolve", null, Map.of("solution", solution)));
  }

  /** The customer wants somebody higher to look at it. While a solution is proposed, this rejects it. */
  public void customerEscalates(
      CaseNumber number, Reason reason, String note, @Nullable Tier toTier, String mover) {
    FreeText.require("note", note, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      var customerCase = lock(number, NOT_ENDED);
      var tier = customerCase.tier() == null ? tiers.lowest() : customerCase.tier();
      if (tiers.above(tier).isEmpty() && customerCase.state() != CaseState.RESOLVED) {
        throw new WrongState(number, "it is with the highest tier already");
      }
      if (toTier != null && (!tiers.exists(toTier) || tiers.compare(toTier, tier) <= 0)) {
        throw new IllegalArgumentException("'%s' is no tier above %s".formatted(toTier, tier));
      }
      var variables =
          outcome("escalate", toTier, Map.of("reason", reason.toString(), "note", note));
      variables.put(EscalationModel.MOVER.name(), mover);
      variables.put(EscalationModel.TRIGGER.name(), Trigger.CUSTOMER.toString());
      waiting.end(number, null);
      correlate(
          number,
          customerCase.state() == CaseState.RESOLVED
              ? EscalationModel.SOLUTION_REJECTED
              : EscalationModel.ESCALATION_REQUESTED,
          variables);
    });
  }

  /** The customer is content with the proposed solution. */
  public void accept(CaseNumber number, String mover) {
    commands.run(() -> {
      lock(number, RESOLVED);
      correlate(number, EscalationModel.SOLUTION_ACCEPTED, moved(mover, null, null));
    });
  }

  /** The proposed solution does not help; the case climbs, or goes on at {@code toTier}. */
  public void reject(CaseNumber number, String why, @Nullable Tier toTier, String mover) {
    FreeText.require("why", why, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      lock(number, RESOLVED);
      var variables = moved(mover, why, existing(toTier));
      variables.put(EscalationModel.REASON.name(), Reason.CUSTOMER_DISSATISFACTION.toString());
      correlate(number, EscalationModel.SOLUTION_REJECTED, variables);
    });
  }

  /** The customer takes the case back. */
  public void withdraw(CaseNumber number, @Nullable String why, String mover) {
    FreeText.optional("why", why, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      lock(number, NOT_ENDED);
      correlate(number, EscalationModel.CASE_WITHDRAWN, moved(mover, why, null));
    });
  }

  /** The case becomes more or less urgent; the running clock keeps what it has used. */
  public void changePriority(CaseNumber number, Priority priority, String why) {
    FreeText.require("why", why, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      var customerCase = lock(number, NOT_ENDED);
      if (customerCase.priority() == priority) {
        throw new WrongState(number, "its priority is " + priority + " already");
      }
      cases.changePriority(number, priority);
      ledger.append(
          number,
          LedgerEntry.of(What.PRIORITY_CHANGED, actor.name())
              .from(customerCase.tier())
              .to(customerCase.tier())
              .noting(why)
              .detailing(
                  Map.of("from", customerCase.priority().toString(), "to", priority.toString())));
      correlate(
          number,
          EscalationModel.PRIORITY_CHANGED,
          Map.of(EscalationModel.PRIORITY.name(), priority.toString()));
    });
  }

  /**
   * The customer wrote: a case that waited for that waits no longer, and a proposed solution is not taken as accepted by a silence
   * that began before. To be called after the message was kept.
   */
  public void customerWrote(CaseNumber number) {
    commands.run(() -> {
      var customerCase = lock(number, NOT_ENDED);
      var path = instance(number).getId();
      if (customerCase.state() == CaseState.RESOLVED) {
        timers.move(
            path,
            Map.of(
                EscalationModel.ACCEPTANCE_LIMIT_AT, clocks.acceptance(number).limitAt()));
      }
      runtime
          .createMessageCorrelation(EscalationModel.CUSTOMER_WROTE)
          .processInstanceId(path)
          .correlateAll();
      timers.move(path, Map.of(EscalationModel.PROMISE_REMINDER_AT, promises.next(number)));
      briefs.renew(number);
    });
  }

  /**
   * The tier has asked the customer something and waits for the answer with its clocks stopped. If it waits already, the time to
   * answer begins anew with this question.
   */
  public void waitForCustomer(CaseNumber number) {
    commands.run(() -> {
      if (lock(number, WORKED_ON).state() != CaseState.WAITING) {
        correlate(number, EscalationModel.CUSTOMER_ASKED, Map.of());
        return;
      }
      var answer = clocks.answer(number);
      timers.move(
          instance(number).getId(),
          Map.of(
              EscalationModel.ANSWER_REMINDER_AT, answer.reminderAt(),
              EscalationModel.ANSWER_LIMIT_AT, answer.limitAt()));
      timers.moveTier(number, instance(number).getId());
    });
  }

  /**
   * The case waits for somebody outside - a supplier, a carrier, an authority - with those of its clocks stopped that the policy lets
   * stand still for that. It may wait for the customer at the same time.
   *
   * @param seen the case as the person saw it and may work on it
   * @param note who that is and what they are to do, at most 2,000 characters
   */
  public void waitForThirdParty(CustomerCase seen, String note) {
    var number = seen.number();
    var text = FreeText.require("note", note, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      mustBeAsSeen(seen, lock(number, WORKED_ON));
      if (waiting.forThirdParty(number).isPresent()) {
        throw new WrongState(number, "it waits for a third party already");
      }
      if (clocks.thirdParty(number, seen.openedAt()).isEmpty()) {
        throw new WrongState(
            number,
            "the policy lets no case wait for a third party; add a row for 'third-party' to 'service-levels'");
      }
      try {
        correlate(
            number, EscalationModel.THIRD_PARTY_ASKED, Map.of(EscalationModel.NOTE.name(), text));
      } catch (MismatchingMessageCorrelationException e) {
        throw new WrongState(number, "its path was drawn without a wait for third parties");
      }
    });
  }

  /** False where somebody has cancelled the wait in Cockpit, or a node of an earlier version has gone on without ending it. */
  private boolean isPathWaitingForThirdParty(CaseNumber number) {
    return runtime
            .createEventSubscriptionQuery()
            .processInstanceId(instance(number).getId())
            .eventName(EscalationModel.THIRD_PARTY_ANSWERED)
            .count()
        > 0;
  }

  private void endWaitWithoutItsPath(CaseNumber number, @Nullable String note) {
    waiting.endForThirdParty(number, note, null);
    timers.moveTier(number, instance(number).getId());
  }

  /** The wait for a third party that lasts; nothing if the case waits for none. */
  public Optional<ThirdPartyWait> waitForThirdParty(CaseNumber number) {
    return waiting.forThirdParty(number);
  }

  /**
   * The third party has answered, or nobody waits for them any longer.
   *
   * @param note what they answered, at most 2,000 characters
   */
  public void thirdPartyAnswered(CaseNumber number, String note) {
    var text = FreeText.require("note", note, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      lock(number, WORKED_ON);
      if (waiting.forThirdParty(number).isEmpty()) {
        throw new WrongState(number, "it waits for no third party");
      }
      if (isPathWaitingForThirdParty(number)) {
        correlate(
            number,
            EscalationModel.THIRD_PARTY_ANSWERED,
            Map.of(EscalationModel.NOTE.name(), text));
      } else {
        endWaitWithoutItsPath(number, text);
      }
    });
  }

  /**
   * An automatic reply of the customer's mailbox has come: it is told to whoever works on the case and ends no wait. To be called
   * after the message was kept.
   */
  public void customersMachineWrote(CaseNumber number) {
    commands.run(() -> {
      lock(number, NOT_ENDED);
      briefs.renew(number);
    });
  }

  /**
   * Puts the running clocks of a case under the policy and the calendars of now, keeping what they have used, and moves the timers
   * and the task with them.
   */
  public void replan(CaseNumber number, String why) {
    FreeText.require("why", why, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      var customerCase = lock(number, NOT_ENDED);
      terms.replan(number);
      ledger.append(
          number,
          LedgerEntry.of(What.REPLANNED, actor.name())
              .from(customerCase.tier())
              .to(customerCase.tier())
              .noting(why));
      if (customerCase.state() != CaseState.RESOLVED) {
        waiting.shortenForThirdParty(number, null);
        timers.moveTier(number, instance(number).getId());
      }
    });
  }

  /**
   * Puts the timers and the task of a case where its clocks say, whatever happened to them; a wait that went on although the customer
   * had answered ends.
   */
  public void repair(CaseNumber number, @Nullable String why) {
    var note = FreeText.optional("why", why, OutcomeCheck.LONGEST_NOTE);
    var done = commands.run(() -> {
      var customerCase = lock(number, NOT_ENDED);
      var path = instance(number);
      timers.putRight(number, customerCase.state(), path.getId());
      return repair.timers(path, timers.expected(number, customerCase.state(), path.getId()));
    });
    // what waits anew can be found only after it was written
    commands.run(() -> {
      var customerCase = lock(number, NOT_ENDED);
      var path = instance(number);
      var words = new ArrayList<>(done.words());
      repair.giveBack(path, done.assignees());
      if (customerCase.state() == CaseState.WAITING && hasAnswered(number)) {
        runtime
            .createMessageCorrelation(EscalationModel.CUSTOMER_WROTE)
            .processInstanceId(path.getId())
            .correlateAll();
        words.add("wait ended");
      } else {
        timers.putRight(number, customerCase.state(), path.getId());
      }
      if (waiting.forThirdParty(number).isPresent() && !isPathWaitingForThirdParty(number)) {
        endWaitWithoutItsPath(number, null);
        words.add("wait for the third party ended");
      }
      ledger.append(
          number,
          LedgerEntry.of(What.REPAIRED, actor.name())
              .from(customerCase.tier())
              .to(customerCase.tier())
              .noting(note)
              .detailing(Map.of("done", words.isEmpty() ? "dates set" : String.join(", ", words))));
    });
  }

  private boolean hasAnswered(CaseNumber number) {
    return clocks.badPauses(number).stream()
        .anyMatch(pause -> pause.isLasting() && pause.kind().equals(PauseFinding.AFTER_ANSWER));
  }

  /** A closed case is taken up again, at {@code toTier} or where it was last. */
  public void reopen(CaseNumber number, String why, @Nullable Tier toTier, String mover) {
    FreeText.require("why", why, OutcomeCheck.LONGEST_NOTE);
    commands.run(() -> {
      lock(number, ENDED);
      var variables = moved(mover, why, existing(toTier));
      variables.put(CaseNumber.VARIABLE.name(), number.value());
      variables.put(EscalationModel.REASON.name(), Reason.CUSTOMER_DISSATISFACTION.toString());
      runtime
          .createMessageCorrelation(EscalationModel.CASE_REOPENED)
          .processInstanceBusinessKey(number.value())
          .setVariables(variables)
          .correlateAll();
    });
  }

  /**
   * Works on the case as the person signed in, who takes the task over if somebody else or nobody had it. They decided on the case
   * as they saw it: if it has been handed over since, they are told so and nothing is done.
   */
  private void complete(CustomerCase seen, Map<String, Object> outcome) {
    var number = seen.number();
    commands.run(() -> {
      mustBeAsSeen(seen, lock(number, WORKED_ON));
      var task = task(number);
      actor
          .person()
          .filter(person -> !person.equals(task.getAssignee()))
          .ifPresent(person -> tasks.setAssignee(task.getId(), person));
      tasks.complete(task.getId(), outcome);
    });
  }

  private static void mustBeAsSeen(CustomerCase seen, CustomerCase now) {
    if (now.visit() != seen.visit()) {
      throw new WrongState(now.number(), "it has been handed over meanwhile");
    }
  }

  private Task task(CaseNumber number) {
    var task =
        tasks.createTaskQuery().processInstanceId(instance(number).getId()).active().list().stream()
            .findFirst();
    return task.orElseThrow(() -> new WrongState(number, "nobody works on it at the moment"));
  }

  private CustomerCase lock(CaseNumber number, Set<CaseState> allowed) {
    var customerCase = cases.lock(number);
    if (!allowed.contains(customerCase.state())) {
      throw new WrongState(
          number, "it is %s now, so this cannot be done".formatted(customerCase.state()));
    }
    return customerCase;
  }

  private ProcessInstance instance(CaseNumber number) {
    var instances = runtime
        .createProcessInstanceQuery()
        .processInstanceBusinessKey(number.value())
        .processDefinitionKey(EscalationModel.KEY)
        .list();
    if (instances.size() != 1) {
      throw new WrongState(
          number, "it has %d running paths instead of one".formatted(instances.size()));
    }
    return instances.get(0);
  }

  private void correlate(CaseNumber number, String message, Map<String, Object> variables) {
    runtime
        .createMessageCorrelation(message)
        .processInstanceId(instance(number).getId())
        .setVariables(variables)
        .correlate();
  }

  private @Nullable Tier existing(@Nullable Tier tier) {
    if (tier != null && !tiers.exists(tier)) {
      throw new IllegalArgumentException(
          "'%s' is no tier; use one of %s".formatted(tier, tiers.all()));
    }
    return tier;
  }

  private static Map<String, Object> outcome(
      String outcome, @Nullable Tier toTier, Map<String, Object> more) {
    var variables = new HashMap<String, Object>(more);
    variables.put(EscalationModel.OUTCOME.name(), outcome);
    variables.put(EscalationModel.TO_TIER.name(), toTier == null ? null : toTier.group());
    return variables;
  }

  private static Map<String, Object> moved(
      String mover, @Nullable String note, @Nullable Tier toTier) {
    var variables = new HashMap<String, Object>();
    variables.put(EscalationModel.MOVER.name(), mover.isBlank() ? CUSTOMER : mover);
    variables.put(EscalationModel.NOTE.name(), note);
    variables.put(EscalationModel.TO_TIER.name(), toTier == null ? null : toTier.group());
    return variables;
  }
}
