package org.escalationpath.desk;

import static org.escalationpath.cases.Spreadsheet.harmless;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import org.escalationpath.cases.CaseFilter;
import org.escalationpath.cases.CaseSearch;
import org.escalationpath.cases.CustomerCase;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Cases as a CSV file (RFC 4180, UTF-8 with a byte order mark so that spreadsheets read it right), one after the other, however many.
 * What a spreadsheet would take for a formula gets an apostrophe before it.
 */
@Component
class CaseFile {

  private static final int PAGE = 500;

  private static final List<String> HEAD = List.of(
      "number",
      "subject",
      "customer",
      "email",
      "segment",
      "state",
      "priority",
      "tier",
      "owner",
      "category",
      "channel",
      "opened",
      "due",
      "closed");

  private final CaseSearch search;

  CaseFile(CaseSearch search) {
    this.search = search;
  }

  void write(CaseFilter filter, CaseSearch.Order order, Writer out) throws IOException {
    out.write('\uFEFF');
    var csv = CsvWriter.builder().build(out);
    csv.writeRecord(HEAD);
    CaseSearch.@Nullable Cursor after = null;
    do {
      var page = search.page(filter, order, after, PAGE);
      page.cases().forEach(each -> csv.writeRecord(row(each)));
      after = page.next();
    } while (after != null);
    csv.flush();
  }

  private static List<String> row(CustomerCase each) {
    return List.of(
        each.number().value(),
        harmless(each.subject()),
        harmless(each.customer().name()),
        harmless(each.customer().email()),
        harmless(each.customer().segment()),
        each.state().toString(),
        each.priority().toString(),
        harmless(each.tier() == null ? null : each.tier().group()),
        harmless(each.owner()),
        harmless(each.category()),
        harmless(each.channel()),
        instant(each.openedAt()),
        instant(each.dueAt()),
        instant(each.closedAt()));
  }

  private static String instant(@Nullable Instant at) {
    return at == null ? "" : at.toString();
  }
}
