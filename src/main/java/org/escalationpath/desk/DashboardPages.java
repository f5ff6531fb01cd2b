package org.escalationpath.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.CaseCounts;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.FreeText;
import org.escalationpath.cases.Priority;
import org.escalationpath.cases.Reason;
import org.escalationpath.cases.Tiers;
import org.escalationpath.engine.Actor;
import org.escalationpath.metrics.Dimension;
import org.escalationpath.metrics.Metric;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.escalationpath.notification.Reports;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.mail.MailException;
import org.springframework.ui.ModelMap;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The dashboard: how things stand now, how they went, where cases go, what people said, and the cases behind each number. */
@Page
@RequestMapping("/metrics")
class DashboardPages {

  static final List<String> TABS =
      List.of("now", "trend", "path", "satisfaction", "themes", "improvement");
  private static final Logger log = LoggerFactory.getLogger(DashboardPages.class);
  private static final int MOST_DUE = 15;
  private static final int PAGE = 100;
  private static final String TAB = "tab";

  private final Metrics metrics;
  private final MetricsQuery query;
  private final MetricLinks links;
  private final Charts charts;
  private final DashboardPaper paper;
  private final Reports reports;
  private final Actor actor;
  private final Headlines headlines;
  private final CaseCounts counts;
  private final CaseSearch search;
  private final Tiers tiers;
  private final LiveDashboard live;
  private final Rights rights;
  private final Clock clock;

  DashboardPages(
      Metrics metrics,
      MetricsQuery query,
      MetricLinks links,
      Charts charts,
      DashboardPaper paper,
      Reports reports,
      Actor actor,
      Headlines headlines,
      CaseCounts counts,
      CaseSearch search,
      Tiers tiers,
      LiveDashboard live,
      Rights rights,
      Clock clock) {
    this.metrics = metrics;
    this.query = query;
    this.links = links;
    this.charts = charts;
    this.paper = paper;
    this.reports = reports;
    this.actor = actor;
    this.headlines = headlines;
    this.counts = counts;
    this.search = search;
    this.tiers = tiers;
    this.live = live;
    this.rights = rights;
    this.clock = clock;
  }

  @GetMapping
  String now(@RequestParam MultiValueMap<String, String> asked, ModelMap page) {
    rights.mustBeStaff();
    var question = frame("now", asked, page);
    page.addAttribute("headlines", headlines.of(question));
    strip(page);
    return "dashboard";
  }

  @GetMapping("/{tab:trend|path|satisfaction|themes}")
  String charts(
      @PathVariable String tab, @RequestParam MultiValueMap<String, String> asked, ModelMap page) {
    rights.mustBeStaff();
    var question = frame(tab, asked, page);
    page.addAttribute("charts", charts.of(tab, question));
    return "dashboard";
  }

  /** A tier as it stands, for the strip. */
  record Stand(String tier, CaseCounts.AtTier of, long unclaimed) {}

  @GetMapping("/now")
  String strip(ModelMap page) {
    rights.mustBeStaff();
    var unclaimed = metrics.unclaimed();
    var open =
        counts.open().stream().collect(Collectors.toMap(CaseCounts.AtTier::tier, each -> each));
    page.addAttribute(
        "stands",
        tiers.all().stream()
            .filter(tier -> open.containsKey(tier.group()))
            .map(tier -> new Stand(
                tier.group(), open.get(tier.group()), unclaimed.getOrDefault(tier.group(), 0L)))
            .toList());
    var now = clock.instant();
    page.addAttribute("now", now);
    page.addAttribute(
        "due",
        search
            .page(
                CaseFilter.due(now, now.plus(CaseCounts.AT_RISK)),
                CaseSearch.Order.DUE,
                null,
                MOST_DUE)
            .cases());
    return "dashboard :: strip";
  }

  @GetMapping(path = "/live", produces = "text/event-stream")
  @ResponseBody
  SseEmitter live() {
    rights.mustBeStaff();
    return live.watch();
  }

  @GetMapping("/pdf")
  Object onPaper(@RequestParam MultiValueMap<String, String> asked) {
    rights.mustBeStaff();
    var question = query.read(withoutLooks(asked));
    if (!metrics.areComplete()) {
      return back(question, "dashboard.incomplete");
    }
    var file = paper.of(question);
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(file.type()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(file.name()).build().toString())
        .body(file.content());
  }

  /** To a member of staff, whom the word {@code person} names. */
  @PostMapping("/mail")
  ModelAndView send(@RequestParam MultiValueMap<String, String> asked) {
    rights.mustBeStaff();
    var words = withoutLooks(asked);
    words.remove("_csrf");
    var question = query.read(words, "person");
    var person = FreeText.requireLine("person", words.getFirst("person"), 64);
    if (!metrics.areComplete()) {
      return back(question, "dashboard.incomplete");
    }
    if (!reports.canSend()) {
      return back(question, "dashboard.send.no-server");
    }
    try {
      paper.send(question, person, UUID.randomUUID().toString());
      return back(question, "dashboard.sent");
    } catch (MailException e) {
      log.warn("The dashboard could not be sent to {}", person, e);
      return back(question, "dashboard.not-sent");
    }
  }

  private ModelAndView back(Question question, String done) {
    return Redirects.to("/metrics?" + links.query(question, Map.of()), done);
  }

  @GetMapping("/definitions")
  String definitions(ModelMap page) {
    rights.mustBeStaff();
    page.addAttribute("metrics", Metric.values());
    page.addAttribute("windows", metrics.windows());
    return "metric-definitions";
  }

  /** The rows behind a number. */
  @GetMapping("/cases")
  String cases(@RequestParam MultiValueMap<String, String> asked, ModelMap page) {
    rights.mustBeStaff();
    var question = query.read(withoutLooks(asked), "after").ungrouped();
    if (question.metrics().size() != 1) {
      throw new BadInput("metric", "missing", "'metric' is missing; say which number is meant");
    }
    var metric = question.metrics().get(0);
    var after = after(asked);
    var of = metrics.measure(question).get(0);
    page.addAttribute("metric", metric);
    page.addAttribute("question", question);
    page.addAttribute("period", query.period(asked));
    page.addAttribute("of", of);
    page.addAttribute("total", of.n());
    page.addAttribute("rows", metrics.rows(question, after, PAGE));
    page.addAttribute("after", after);
    page.addAttribute("next", after + PAGE < of.n() ? after + PAGE : null);
    page.addAttribute("query", links.query(question, Map.of()));
    return "metric-cases";
  }

  private static int after(MultiValueMap<String, String> asked) {
    var after = asked.getFirst("after");
    return after != null && after.matches("\\d{1,8}") ? Integer.parseInt(after) : 0;
  }

  // ---- what stands around every tab

  /** A period to choose. */
  record Choice(String name, LocalDate from, LocalDate to) {}

  private Question frame(String tab, MultiValueMap<String, String> asked, ModelMap page) {
    var words = withoutLooks(asked);
    var question = query.read(words);
    page.addAttribute(TAB, tab);
    page.addAttribute("tabs", TABS);
    page.addAttribute("question", question);
    page.addAttribute("period", query.period(words));
    page.addAttribute("choices", choices());
    page.addAttribute("filters", filters());
    page.addAttribute("chosen", chosen(question));
    page.addAttribute("query", links.query(question, Map.of()));
    page.addAttribute("narrowed", links.filters(question, Map.of()));
    page.addAttribute("complete", metrics.areComplete());
    page.addAttribute("canSend", reports.canSend());
    page.addAttribute("me", actor.name());
    page.addAttribute("readsHistory", rights.mayReadHistory());
    return question;
  }

  /** The language and the look are asked for on the same address; fields of the form may be empty. */
  private static MultiValueMap<String, String> withoutLooks(MultiValueMap<String, String> asked) {
    var words = new LinkedMultiValueMap<String, String>();
    asked.forEach((name, values) -> values.stream()
        .filter(value -> !value.isBlank() && !name.equals("lang") && !name.equals("theme"))
        .forEach(value -> words.add(name, value)));
    return words;
  }

  private List<Choice> choices() {
    var today = LocalDate.ofInstant(clock.instant(), metrics.zone());
    return List.of(
        new Choice("4-weeks", today.minusDays(27), today),
        new Choice("13-weeks", today.minusDays(90), today),
        new Choice("52-weeks", today.minusDays(363), today),
        new Choice("10-years", today.minusDays(3_650), today));
  }

  /** By what the numbers can be narrowed down, with the values that there are. */
  private Map<String, List<String>> filters() {
    var filters = new LinkedHashMap<String, List<String>>();
    filters.put("tier", tiers.all().stream().map(Object::toString).toList());
    filters.put(
        "priority", Arrays.stream(Priority.values()).map(Object::toString).toList());
    filters.put("reason", Arrays.stream(Reason.values()).map(Object::toString).toList());
    for (var each : List.of(Dimension.CATEGORY, Dimension.PRODUCT, Dimension.IMPORT)) {
      var values = new ArrayList<>(metrics.values(each));
      if (values.size() > 1 && values.size() <= 200) {
        filters.put(each.code(), values);
      }
    }
    return filters;
  }

  private static Map<String, String> chosen(Question question) {
    var chosen = new LinkedHashMap<String, String>();
    question
        .where()
        .forEach((dimension, values) ->
            chosen.put(dimension.code(), values.iterator().next()));
    return chosen;
  }
}
