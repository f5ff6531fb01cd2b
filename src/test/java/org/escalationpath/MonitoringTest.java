package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.escalationpath.Desk.aCase;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.escalationpath.metrics.FactKeeper;
import org.escalationpath.metrics.PathMeters;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What monitoring reads, and who may. */
class MonitoringTest extends EngineTest {

  private static final Pattern METER = Pattern.compile("escalation_[a-z_]+");

  @LocalServerPort
  private int port;

  @Autowired
  private PathMeters meters;

  @Autowired
  private FactKeeper facts;

  @Test
  void everyMeterThatDashboardAndAlertsAskForIsThere() throws IOException {
    var number = desk.opens(aCase());
    desk.fastForward(Duration.ofHours(1));
    desk.resolves(number);
    desk.opens(aCase());
    facts.refresh();
    meters.renew();
    var told = Http.as(port, "admin").get("/actuator/prometheus").body();
    var asked = new TreeSet<String>();
    for (var file :
        new String[] {"docs/grafana/escalation-path.json", "docs/grafana/alerts.yaml"}) {
      var names = METER.matcher(Files.readString(Path.of(file)));
      while (names.find()) {
        asked.add(names.group());
      }
    }

    assertThat(asked).hasSizeGreaterThan(8);
    for (var name : asked) {
      assertThat(told).containsPattern("(?m)^" + name + "[{ ]");
    }
    assertThat(told)
        .containsPattern("escalation_cases_open\\{.*tier=\"front-line\".*} [1-9]")
        .contains("escalation_cases_open{")
        .containsPattern("escalation_metric_median\\{.*metric=\"first-resolution\"");
    assertThat(new ObjectMapper()
            .readTree(Files.readString(Path.of("docs/grafana/escalation-path.json")))
            .path("panels"))
        .hasSizeGreaterThan(8);
  }

  @Test
  void onlyAdministratorsAndMonitoringRead() {
    for (var person : new String[] {"agent", "owner", "auditor"}) {
      assertThat(Http.as(port, person).get("/actuator/prometheus").statusCode())
          .as(person)
          .isEqualTo(403);
    }
    assertThat(Http.anonymous(port).get("/actuator/prometheus").statusCode()).isEqualTo(401);

    desk.identities.saveGroup(desk.identities.newGroup("monitoring"));
    var scraper = desk.identities.newUser("scraper");
    scraper.setPassword("Scrapes-4-us!");
    desk.identities.saveUser(scraper);
    desk.identities.createMembership("scraper", "monitoring");
    try {
      var asScraper = Http.as(port, "scraper", "Scrapes-4-us!");
      assertThat(asScraper.get("/actuator/prometheus").statusCode()).isEqualTo(200);
      assertThat(asScraper.get("/api/cases").statusCode()).isEqualTo(403);
      assertThat(asScraper.get("/api/metrics").statusCode()).isEqualTo(403);
    } finally {
      desk.identities.deleteUser("scraper");
      desk.identities.deleteGroup("monitoring");
    }
  }
}
