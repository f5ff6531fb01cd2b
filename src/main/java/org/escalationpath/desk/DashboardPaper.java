package org.escalationpath.desk;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.escalationpath.audit.Paper;
import org.escalationpath.metrics.Metrics;
import org.escalationpath.metrics.Question;
import org.escalationpath.notification.Mail;
import org.escalationpath.notification.Reports;
import org.springframework.context.ApplicationContext;
import org.springframework.context.i18n.LocaleContextHolder;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.expression.ThymeleafEvaluationContext;

/** The dashboard on paper: its numbers, and each chart with its finding and its table; to be kept, or sent to somebody. */
@Component
class DashboardPaper {

  /** What the journal keeps of a question, in characters. */
  private static final int LONGEST = 1_000;

  private final Metrics metrics;
  private final Headlines headlines;
  private final Charts charts;
  private final MetricLinks links;
  private final ChartPictures pictures;
  private final Paper paper;
  private final Reports reports;
  private final ITemplateEngine templates;
  private final ApplicationContext beans;
  private final Clock clock;
  private final TransactionTemplate recorded;

  DashboardPaper(
      Metrics metrics,
      Headlines headlines,
      Charts charts,
      MetricLinks links,
      ChartPictures pictures,
      Paper paper,
      Reports reports,
      ITemplateEngine templates,
      ApplicationContext beans,
      Clock clock,
      PlatformTransactionManager transactions) {
    this.metrics = metrics;
    this.headlines = headlines;
    this.charts = charts;
    this.links = links;
    this.pictures = pictures;
    this.paper = paper;
    this.reports = reports;
    this.templates = templates;
    this.beans = beans;
    this.clock = clock;
    this.recorded = new TransactionTemplate(transactions);
    this.recorded.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
  }

  /** A chart and its picture, as base64 of a PNG; empty where it has none. */
  record Sheet(Chart chart, String picture) {}

  /**
   * As a PDF, in the reader's language; recorded as exported.
   *
   * @throws IllegalStateException while not all facts have been read: numbers would be too small
   */
  Mail.File of(Question question) {
    return of(question, Map.of());
  }

  private Mail.File of(Question question, Map<String, String> more) {
    if (!metrics.areComplete()) {
      throw new IllegalStateException(
          "Not all cases have been read since the start; the dashboard can be put on paper when they are");
    }
    var tabs = new LinkedHashMap<String, List<Sheet>>();
    for (var tab : Charts.TABS) {
      tabs.put(
          tab,
          charts.of(tab, question).stream()
              .map(each -> new Sheet(each, pictures.of(each)))
              .toList());
    }
    var page = new Context(LocaleContextHolder.getLocale());
    page.setVariable(
        ThymeleafEvaluationContext.THYMELEAF_EVALUATION_CONTEXT_CONTEXT_VARIABLE_NAME,
        new ThymeleafEvaluationContext(beans, null));
    page.setVariable("from", from(question));
    page.setVariable("to", to(question));
    page.setVariable("question", question);
    page.setVariable("headlines", headlines.of(question));
    page.setVariable("tabs", tabs);
    page.setVariable("hash", Paper.HASH_GOES_HERE);
    page.setVariable("madeAt", clock.instant());
    var about = new HashMap<>(more);
    about.put("dashboard", abbreviated(links.query(question, Map.of())));
    return new Mail.File(
        "dashboard-%s.pdf".formatted(to(question)),
        MediaType.APPLICATION_PDF_VALUE,
        recorded.execute(status -> paper.pdf(about, templates.process("dashboard-paper", page))));
  }

  private static String abbreviated(String query) {
    return query.length() <= LONGEST ? query : query.substring(0, LONGEST) + "…";
  }

  /**
   * Sends it to a member of staff, in English as all messages to staff. That it was made is recorded before it leaves, whatever comes
   * of it: no transaction waits for a mail server while it holds up others.
   *
   * @param id of the message; who sends again what may have left uses the same
   */
  void send(Question question, String person, String id) {
    var reader = LocaleContextHolder.getLocaleContext();
    LocaleContextHolder.setLocale(Locale.ENGLISH);
    try {
      reports.send(
          id,
          person,
          "staff-dashboard",
          List.of(from(question).toString(), to(question).toString()),
          "/metrics?" + links.query(question, Map.of()),
          of(question, Map.of("sentTo", person)));
    } finally {
      LocaleContextHolder.setLocaleContext(reader);
    }
  }

  private LocalDate from(Question question) {
    return LocalDate.ofInstant(question.from(), metrics.zone());
  }

  private LocalDate to(Question question) {
    return LocalDate.ofInstant(question.to().minusMillis(1), metrics.zone());
  }
}
