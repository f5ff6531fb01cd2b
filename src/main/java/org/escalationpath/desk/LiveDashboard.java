package org.escalationpath.desk;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.escalationpath.metrics.FactKeeper;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Tells open dashboards that facts have changed, on whichever node, at most every two seconds. */
@Component
class LiveDashboard {

  private static final int MOST = 1_000;
  private static final long LEAST = Duration.ofSeconds(2).toNanos();

  private final LivePages pages = new LivePages();
  private final AtomicLong lastTold = new AtomicLong(System.nanoTime() - LEAST);
  private final AtomicBoolean hasChanged = new AtomicBoolean();
  private final Executor sender;

  LiveDashboard(@Qualifier("livePages") Executor sender) {
    this.sender = sender;
  }

  SseEmitter watch() {
    if (pages.count() >= MOST) {
      throw new ResponseStatusException(
          HttpStatus.SERVICE_UNAVAILABLE, "Too many pages are open; this one is not live");
    }
    return pages.watch(() -> {});
  }

  /** At once, if nothing has been told for a while. */
  @EventListener
  void note(FactKeeper.FactsChanged changed) {
    hasChanged.set(true);
    if (System.nanoTime() - lastTold.get() > LEAST) {
      tell();
    }
  }

  @Scheduled(fixedDelay = 2_000)
  void tell() {
    if (hasChanged.getAndSet(false) && pages.count() > 0) {
      lastTold.set(System.nanoTime());
      sender.execute(pages::tellOfChange);
    }
  }

  @Scheduled(fixedDelay = 15_000)
  void beat() {
    sender.execute(pages::beat);
  }

  /** Open connections would hold up the end of the application. */
  @EventListener
  void end(ContextClosedEvent closed) {
    pages.end();
  }
}
