package org.escalationpath.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.escalationpath.calendar.Calendars;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseNumber;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.engine.BeforeOpening;
import org.escalationpath.engine.PastTime;
import org.escalationpath.notification.DeliveryWorker;
import org.escalationpath.notification.Relay;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Fills an empty demo with the cases of the last weeks: every story's events happen at their own time, and between them all timers
 * that fall due, so that limits pass, reminders go out and surveys expire as they would have.
 */
@Component
@Profile("!production")
@Order(Ordered.HIGHEST_PRECEDENCE + 40)
@ConditionalOnProperty(name = {"escalation.demo.people", "escalation.demo.cases"})
class DemoCases implements BeforeOpening {

  /** By this the demo's cases are told from others. */
  static final String EXTERNAL_ID = "demo-";

  private static final int MOST_DAYS_BACK = 30;
  private static final Logger log = LoggerFactory.getLogger(DemoCases.class);
  private static final Map<String, String> GROUPS = Map.of(
      "agent", "front-line",
      "lead", "team-lead",
      "manager", "department-manager",
      "director", "senior-management",
      "owner", "process-owner");

  private final CaseSearch search;
  private final Deeds deeds;
  private final PastTime past;
  private final Relay relay;
  private final DeliveryWorker delivery;
  private final Calendars calendars;
  private final Clock clock;
  private final DemoDatabase database;

  DemoCases(
      CaseSearch search,
      Deeds deeds,
      PastTime past,
      Relay relay,
      DeliveryWorker delivery,
      Calendars calendars,
      Clock clock,
      DemoDatabase database) {
    this.search = search;
    this.deeds = deeds;
    this.past = past;
    this.relay = relay;
    this.delivery = delivery;
    this.calendars = calendars;
    this.clock = clock;
    this.database = database;
  }

  /** An event of the story with this place in the file. */
  private record Happening(int story, Instant at, Story.Event event) {}

  @Override
  public void prepare() {
    if (!database.remembers()
        && search.page(CaseFilter.ALL, CaseSearch.Order.NEWEST, null, 1).cases().isEmpty()) {
      var now = clock.instant();
      database.withoutWaitingForTheDisk(() -> tell(Stories.read(), now));
      database.remember();
      log.info(
          "The demo has {} cases, told in {} ms",
          search.count(CaseFilter.ALL, 1_000),
          Duration.between(now, clock.instant()).toMillis());
    }
  }

  private void tell(List<Story> stories, Instant now) {
    var numbers = new HashMap<Integer, CaseNumber>();
    var last = Instant.EPOCH;
    for (var happening : inOrder(stories, now)) {
      past.pass(last, happening.at(), this::messagesLeave);
      last = happening.at();
      var event = happening.event();
      past.at(last, person(event), GROUPS.getOrDefault(event.who(), ""), () -> {
        if (event.what().equals("opens")) {
          numbers.put(
              happening.story(),
              deeds.open(stories.get(happening.story()), EXTERNAL_ID + happening.story(), event));
        } else {
          deeds.happen(Objects.requireNonNull(numbers.get(happening.story())), event);
        }
      });
    }
    past.pass(last, now, this::messagesLeave);
    messagesLeave();
  }

  private static @Nullable String person(Story.Event event) {
    return event.who().equals("customer") ? null : event.who();
  }

  private List<Happening> inOrder(List<Story> stories, Instant now) {
    var days = new WorkingDays(calendars, now, MOST_DAYS_BACK);
    var all = new ArrayList<Happening>();
    for (var story = 0; story < stories.size(); story++) {
      for (var event : stories.get(story).events()) {
        all.add(new Happening(story, at(event, days, now), event));
      }
    }
    all.sort(Comparator.comparing(Happening::at));
    return all;
  }

  private static Instant at(Story.Event event, WorkingDays days, Instant now) {
    return event.minutesAgo() != null
        ? now.minus(Duration.ofMinutes(event.minutesAgo()))
        : days.at(Objects.requireNonNull(event.day()), Objects.requireNonNull(event.time()));
  }

  private void messagesLeave() {
    while (relay.relay() > 0) {
      delivery.deliverAll();
    }
  }
}
