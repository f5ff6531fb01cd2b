package org.escalationpath.audit;

import static org.escalationpath.cases.Spreadsheet.harmless;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Journal;
import org.jspecify.annotations.Nullable;

/** An export as CSV (RFC 4180, UTF-8 with a byte order mark), a line for each row of a ledger; to be read by people and spreadsheets. */
final class CsvExport implements Export.Writer {

  private final Writer out;
  private final CsvWriter csv;

  CsvExport(OutputStream out) throws IOException {
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    this.out.write('\uFEFF');
    csv = CsvWriter.builder().build(this.out);
  }

  @Override
  public void begin(Export.Head head) {
    csv.writeRecord(
        "case",
        "seq",
        "at",
        "who",
        "what",
        "fromTier",
        "toTier",
        "reason",
        "trigger",
        "note",
        "modelVersion",
        "details",
        "hash");
  }

  @Override
  public void write(CustomerCase customerCase, List<Export.ExportedRow> rows) {
    rows.forEach(each -> csv.writeRecord(
        each.row().chain(),
        String.valueOf(each.row().seq()),
        Chain.text(each.row().at()),
        harmless(each.row().who()),
        harmless(each.row().what()),
        harmless(each.row().fromTier()),
        harmless(each.row().toTier()),
        harmless(each.row().reason()),
        harmless(each.row().trigger()),
        harmless(each.note()),
        harmless(each.row().modelVersion()),
        harmless(each.row().details()),
        harmless(each.row().hash())));
  }

  @Override
  public void write(Journal.Row row, @Nullable Integer seal, @Nullable String sealedHash) {
    csv.writeRecord(
        Journal.CHAIN,
        String.valueOf(row.seq()),
        Chain.text(row.at()),
        harmless(row.who()),
        harmless(row.what()),
        "",
        "",
        "",
        "",
        "",
        "",
        harmless(row.details()),
        harmless(row.hash()));
  }

  @Override
  public void end() throws IOException {
    csv.flush();
    out.flush();
  }
}
