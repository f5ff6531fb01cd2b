package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The list of cases with very many of them, on demand, as a signed-in person gets it over HTTP: {@code ./mvnw test-compile
 * surefire:test@postgresql -Dtest=CasesAtScaleTest -Dskipped.groups=none -Dcases=100000}
 */
@Tag("on-demand")
class CasesAtScaleTest extends EngineTest {

  private static final int CASES = Integer.getInteger("cases", 2_000);
  private static final int TIMES = 15;

  @LocalServerPort
  private int port;

  @Autowired
  private JdbcClient jdbc;

  @Test
  void everyPageOfTheListIsThereAtOnce() {
    fill();
    var agent = Http.signedIn(port, "agent");
    var deep = "C-%06d".formatted(400_000 + CASES / 10);
    var searches = new LinkedHashMap<String, String>();
    searches.put("first page", "");
    searches.put("a page far down", "after=" + deep);
    searches.put("by number", "text=" + deep);
    searches.put("by tier and state", "tier=team-lead&state=not-ended");
    searches.put("what is due first", "order=due");
    searches.put("late", "due=late&order=due");
    searches.put("by reason", "reason=policy-exception");
    searches.put("by address", "customer=customer77@example.org");
    searches.put("by a frequent word", "text=parcel");
    searches.put("by a rare word", "text=walrus");
    searches.put("by a word that is nowhere", "text=unicorn");
    searches.put("by part of a name", "text=customer+4711");
    searches.forEach((name, query) -> {
      var times = new long[TIMES];
      for (var n = 0; n < TIMES; n++) {
        var started = System.nanoTime();
        assertThat(agent.get("/cases?" + query).statusCode()).isEqualTo(200);
        times[n] = System.nanoTime() - started;
      }
      Arrays.sort(times);
      System.out.printf(
          Locale.ROOT,
          "MEASURED %,d cases, %s: median %d ms, p95 %d ms%n",
          CASES,
          name,
          times[TIMES / 2] / 1_000_000,
          times[TIMES * 95 / 100] / 1_000_000);
    });
    assertThat(agent.get("/cases?text=walrus").body()).contains("walrus");
  }

  private void fill() {
    var numbers = TestDatabase.isPostgresql()
        ? "generate_series(1, :most) as n(x)"
        : "system_range(1, :most) as n(x)";
    insert("""
        insert into customer (name, email, language, preferred_channel, segment, created_at)
        select 'Customer ' || n.x, 'customer' || n.x || '@example.org', 'en', 'email', 'standard', current_timestamp
          from\s""" + numbers, Map.of("most", CASES / 3));
    insert("""
        insert into customer_case (number, customer_id, subject, description, channel, opened_by, opened_at, priority, tier, visit,
               state, owner, ledger_seq, locks, due_at, closed_at)
        select 'C-' || (400000 + n.x),
               (select min(c.id) from customer c where c.email = 'customer' || (mod(n.x, :customers) + 1) || '@example.org'),
               case when mod(n.x, 25000) = 77 then 'A walrus ' else 'A parcel ' end || n.x,
               'It has not come, though it was promised for a day long past. ' || repeat('And so on, and so on. ', 15),
               'web', 'customer', current_timestamp, 'normal',
               case mod(n.x, 4) when 0 then 'front-line' when 1 then 'team-lead' when 2 then 'department-manager'
                    else 'senior-management' end,
               1, 'open', 'agent', 0, 0,
               timestamp with time zone '2026-11-23 00:00:00Z' + n.x * interval '1' minute,
               null
          from\s""" + numbers, Map.of("most", CASES, "customers", CASES / 3));
    insert("""
        insert into ledger (case_number, seq, at, who, what, reason)
        select 'C-' || (400000 + n.x), 1, current_timestamp, 'agent', 'escalated',
               case mod(n.x, 50) when 0 then 'policy-exception' else 'complex-problem' end
          from\s""" + numbers, Map.of("most", CASES));
    jdbc.sql("analyze").update();
  }

  private void insert(String sql, Map<String, Object> parameters) {
    jdbc.sql(sql).params(parameters).update();
  }
}
