package org.escalationpath.desk;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Open pages that show the same, and are told by server-sent events when that has changed. */
final class LivePages {

  private static final Logger log = LoggerFactory.getLogger(LivePages.class);
  private static final long LONGEST = Duration.ofHours(1).toMillis();

  private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();

  /** A page that listens from now on; the browser asks again by itself when the connection ends. */
  SseEmitter watch(Runnable whenGone) {
    var page = new SseEmitter(LONGEST);
    pages.add(page);
    page.onCompletion(() -> forget(page, whenGone));
    page.onTimeout(page::complete);
    page.onError(failure -> forget(page, whenGone));
    send(page, SseEmitter.event().comment("watching").reconnectTime(5_000));
    return page;
  }

  private void forget(SseEmitter page, Runnable whenGone) {
    pages.remove(page);
    whenGone.run();
  }

  int count() {
    return pages.size();
  }

  void tellOfChange() {
    pages.forEach(page -> send(page, SseEmitter.event().name("changed").data("")));
  }

  /** Keeps the connections open, and finds those that are gone. */
  void beat() {
    pages.forEach(page -> send(page, SseEmitter.event().comment("beat")));
  }

  void end() {
    pages.forEach(SseEmitter::complete);
  }

  private void send(SseEmitter page, SseEmitter.SseEventBuilder event) {
    try {
      page.send(event);
    } catch (IOException | IllegalStateException e) {
      log.debug("A page is gone", e);
      pages.remove(page);
    }
  }
}
