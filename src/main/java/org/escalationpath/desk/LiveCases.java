package org.escalationpath.desk;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.Happened;
import org.escalationpath.cases.Ledger;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Tells open pages that a case has changed, by server-sent events. An event says no more than that; the page asks for what it may
 * see. They are sent by a thread of their own, since nobody who moves a case is to wait for somebody's slow line. What another node has done, and what got lost on the way, is noticed within 15 seconds by the ledger's last number.
 */
@Component
class LiveCases {

  private static final int MOST = 2_000;

  private final Ledger ledger;
  private final Executor sender;
  private final Map<CaseNumber, Watched> watched = new ConcurrentHashMap<>();

  LiveCases(Ledger ledger, @Qualifier("livePages") Executor sender) {
    this.ledger = ledger;
    this.sender = sender;
  }

  @Configuration
  static class Sender {

    @Bean
    Executor livePages() {
      var pool = new ThreadPoolTaskExecutor();
      pool.setThreadNamePrefix("live-");
      pool.setCorePoolSize(1);
      pool.setMaxPoolSize(1);
      // what does not fit is noticed with the next beat
      pool.setQueueCapacity(1_000);
      pool.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
      return pool;
    }
  }

  private static final class Watched {

    private final LivePages pages = new LivePages();
    private volatile int lastSeq;
  }

  /** A page that shows the case; the browser asks again by itself when the connection ends. */
  SseEmitter watch(CaseNumber number) {
    if (count() >= MOST) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open; this one is not live");
    }
    var page = new AtomicReference<SseEmitter>();
    watched.compute(number, (key, known) -> {
      var all = known == null ? new Watched() : known;
      if (known == null) {
        all.lastSeq = ledger.lastSeq(number);
      }
      page.set(all.pages.watch(() -> forget(number)));
      return all;
    });
    return page.get();
  }

  /** Open connections would hold up the end of the application. */
  @EventListener
  void end(ContextClosedEvent closed) {
    watched.values().forEach(all -> all.pages.end());
  }

  private void forget(CaseNumber number) {
    watched.computeIfPresent(number, (key, all) -> all.pages.count() == 0 ? null : all);
  }

  /** How many pages watch cases now. */
  int count() {
    return watched.values().stream().mapToInt(each -> each.pages.count()).sum();
  }

  @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT, fallbackExecution = true)
  void tell(Happened happened) {
    var all = watched.get(happened.number());
    if (all != null) {
      sender.execute(all.pages::tellOfChange);
    }
  }

  /** Keeps connections open, finds those that are gone, and notices what no event has told of. */
  @Scheduled(fixedDelay = 15_000)
  void beat() {
    watched.forEach((number, all) -> {
      var seq = ledger.lastSeq(number);
      var isNew = seq != all.lastSeq;
      all.lastSeq = seq;
      if (isNew) {
        all.pages.tellOfChange();
      } else {
        all.pages.beat();
      }
      forget(number);
    });
  }
}
