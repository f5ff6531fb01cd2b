package org.escalationpath.metrics;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import net.javacrumbs.shedlock.spring.annotation.SchedulerLock;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Happened;
import org.escalationpath.cases.What;
import org.escalationpath.survey.SurveyChanged;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps facts fresh: what happens to a case is a wake-up, after which its facts are computed anew from its whole ledger in a
 * transaction of their own. What no wake-up told of is found by comparing how far ledgers and facts go.
 */
@Component
public class FactKeeper {

  private static final Logger log = LoggerFactory.getLogger(FactKeeper.class);
  private static final int CHUNK = 500;

  /** On a busy desk some cases have always just changed. */
  private static final int FEW = 100;

  /** A survey that a node has changed just before it died is noticed by the next sweep that soon. */
  private static final Duration LOOK_BACK = Duration.ofHours(1);

  private final FactStore store;
  private final Facts facts;
  private final ImportedCases imported;
  private final Clock clock;
  private final ApplicationEventPublisher listeners;
  private final TransactionTemplate transaction;
  private final Set<CaseNumber> changed = new LinkedHashSet<>();
  private final Set<CaseNumber> triaged = new LinkedHashSet<>();

  FactKeeper(
      FactStore store,
      Facts facts,
      ImportedCases imported,
      Clock clock,
      ApplicationEventPublisher listeners,
      PlatformTransactionManager transactions) {
    this.store = store;
    this.facts = facts;
    this.imported = imported;
    this.clock = clock;
    this.listeners = listeners;
    this.transaction = new TransactionTemplate(transactions);
  }

  /** Facts have changed, on this node or another. */
  public record FactsChanged() {}

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void note(Happened happened) {
    changed(happened.number());
    if (happened.what() == What.TRIAGED) {
      // by its category it may be the customer's second call about the same
      synchronized (changed) {
        triaged.add(happened.number());
      }
    }
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void note(SurveyChanged survey) {
    changed(survey.number());
  }

  private void changed(CaseNumber number) {
    synchronized (changed) {
      changed.add(number);
    }
  }

  @Scheduled(initialDelay = 2_000, fixedDelay = 1_000)
  void inTheBackground() {
    try {
      refresh();
    } catch (RuntimeException e) {
      log.error("The facts of changed cases could not be computed; it is tried again", e);
    }
  }

  /** Computes the facts of what has changed here, and reads what other nodes have computed. */
  public synchronized void refresh() {
    if (!facts.isLoaded()) {
      facts.load();
    }
    var numbers = taken(changed);
    for (var number : taken(triaged)) {
      try {
        numbers.addAll(store.followedBy(number));
      } catch (RuntimeException e) {
        log.error("Who {} follows is not known; the sweep looks again", number, e);
      }
    }
    numbers.forEach(this::tryToCompute);
    if (!facts.isComplete() && store.behind("", FEW).size() < FEW && imported.areMeasured()) {
      facts.areComplete();
    }
    if (facts.catchUp() > 0 || !numbers.isEmpty()) {
      listeners.publishEvent(new FactsChanged());
    }
  }

  /** A case that cannot be computed keeps no other from it. */
  private boolean tryToCompute(CaseNumber number) {
    try {
      compute(number, number);
      return true;
    } catch (RuntimeException e) {
      log.error("The facts of case {} could not be computed; the sweep tries again", number, e);
      return false;
    }
  }

  private Set<CaseNumber> taken(Set<CaseNumber> from) {
    synchronized (changed) {
      var all = new LinkedHashSet<>(from);
      from.clear();
      return all;
    }
  }

  @Scheduled(initialDelay = 5_000, fixedDelayString = "${escalation.metrics.sweep-every:PT1M}")
  @SchedulerLock(name = "facts", lockAtMostFor = "PT30M")
  void sweepInTheBackground() {
    try {
      sweep();
    } catch (RuntimeException e) {
      log.error("Not all facts could be brought up to their ledgers; it is tried again", e);
    }
  }

  /** Computes the facts of cases whose ledgers go further, whoever forgot to say so; answers how many that were. */
  public int sweep() {
    facts.forgetWhatIsGone();
    var since = clock.instant().minus(LOOK_BACK);
    store.surveyedSince(since).forEach(this::tryToCompute);
    store.triagedSince(since).stream()
        .flatMap(number -> store.followedBy(number).stream())
        .distinct()
        .forEach(this::tryToCompute);
    return all(after -> store.behind(after, CHUNK)) + imported.measureAgain(false);
  }

  /** Computes the facts of all cases anew; answers how many there are. */
  public int rebuild() {
    return all(after -> store.numbers(after, CHUNK)) + imported.measureAgain(true);
  }

  private int all(Function<String, List<CaseNumber>> next) {
    var count = 0;
    for (var chunk = next.apply(""); !chunk.isEmpty(); ) {
      var last = chunk.get(chunk.size() - 1);
      count += compute(chunk);
      chunk = next.apply(last.value());
    }
    return count;
  }

  /** Those of a sweep may lie far apart; what lies between them is computed with them only where there is nothing. */
  private int compute(List<CaseNumber> numbers) {
    var first = numbers.get(0);
    var last = numbers.get(numbers.size() - 1);
    if (numbers.equals(store.numbersBetween(first, last, numbers.size() + 1))) {
      try {
        compute(first, last);
        return numbers.size();
      } catch (RuntimeException e) {
        log.warn("The cases from {} to {} are computed one by one", first, last, e);
      }
    }
    return (int) numbers.stream().filter(this::tryToCompute).count();
  }

  private void compute(CaseNumber first, CaseNumber last) {
    try {
      facts.put(kept(first, last));
    } catch (DuplicateKeyException | ConcurrencyFailureException e) {
      // another node has just kept the same
      facts.put(kept(first, last));
    }
  }

  private Collection<CaseFacts> kept(CaseNumber first, CaseNumber last) {
    var computed = transaction.execute(status -> {
      var all = store.compute(first, last);
      store.keep(all);
      return all;
    });
    return computed == null ? List.of() : computed;
  }
}
