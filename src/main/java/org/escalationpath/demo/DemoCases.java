package org.escalationpath.demo;

import java.sql.DatabaseMetaData;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
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
  private final DataSource source;

  DemoCases(
      CaseSearch search,
      Deeds deeds,
      PastTime past,
      Relay relay,
      DeliveryWorker delivery,
      Calendars calendars,
      Clock clock,
      DataSource source) {
    this.search = search;
    this.deeds = deeds;
    this.past = past;
    this.relay = relay;
    this.delivery = delivery;
    this.calendars = calendars;
    this.clock = clock;
    this.source = source;
  }

  /** An event of the story with this place in the file. */
  private record Happening(int story, Instant at, Story.Event event) {}

  @Override
  public void prepare() {
    if (search.page(CaseFilter.ALL, CaseSearch.Order.NEWEST, null, 1).isEmpty()) {
      var now = clock.instant();
      withoutWaitingForTheDisk(() -> tell(Stories.read(), now));
      log.info(
          "The demo has {} cases, told in {} ms",
          search.count(CaseFilter.ALL, 1_000),
          Duration.between(now, clock.instant()).toMillis());
    }
  }

  /** H2 writes each commit to the disk at once, so that none gets lost; what the demo tells could be told again. */
  private void withoutWaitingForTheDisk(Runnable action) {
    if (!isH2()) {
      action.run();
      return;
    }
    JdbcClient.create(source).sql("set write_delay 1000").update();
    try {
      action.run();
    } finally {
      JdbcClient.create(source).sql("set write_delay 0").update();
    }
  }

  private boolean isH2() {
    try {
      String product =
          JdbcUtils.extractDatabaseMetaData(source, DatabaseMetaData::getDatabaseProductName);
      return product.equals("H2");
    } catch (MetaDataAccessException e) {
      throw new IllegalStateException("The database does not say what it is", e);
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
