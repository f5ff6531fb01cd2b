package org.escalationpath.metrics;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.dhatim.fastexcel.Workbook;
import org.escalationpath.cases.BadInput;
import org.escalationpath.cases.Spreadsheet;
import org.jspecify.annotations.Nullable;

/** A table that people take away: as CSV (RFC 4180, UTF-8 with a byte order mark) or as a workbook of Excel. */
public enum TableFile {
  CSV("text/csv;charset=utf-8"),
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private final String type;

  TableFile(String type) {
    this.type = type;
  }

  /** @throws BadInput naming what there is */
  public static TableFile of(String code) {
    for (var each : values()) {
      if (each.ending().equals(code)) {
        return each;
      }
    }
    throw new BadInput(
        "format", "no-choice", "'format' must be json, csv or xlsx", "json, csv, xlsx");
  }

  /** Its media type. */
  public String type() {
    return type;
  }

  /** {@code csv} or {@code xlsx} */
  public String ending() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Writes the table; texts can be no formulas.
   *
   * @param rows texts, numbers, flags and nulls, each as long as the head
   */
  public void write(
      OutputStream out, String name, List<String> head, List<List<@Nullable Object>> rows)
      throws IOException {
    if (this == CSV) {
      writeCsv(out, head, rows);
    } else {
      writeWorkbook(out, name, head, rows);
    }
  }

  private static void writeCsv(
      OutputStream out, List<String> head, List<List<@Nullable Object>> rows) throws IOException {
    var writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writer.write('\uFEFF');
    var csv = CsvWriter.builder().build(writer);
    csv.writeRecord(head);
    for (var row : rows) {
      csv.writeRecord(row.stream().map(TableFile::text).toList());
    }
    csv.flush();
    writer.flush();
  }

  private static String text(@Nullable Object value) {
    return value == null
        ? ""
        : value instanceof Number ? value.toString() : Spreadsheet.harmless(value.toString());
  }

  private static void writeWorkbook(
      OutputStream out, String name, List<String> head, List<List<@Nullable Object>> rows)
      throws IOException {
    try (var workbook = new Workbook(out, "Escalation Path", "1.0");
        var sheet = workbook.newWorksheet(name)) {
      for (var column = 0; column < head.size(); column++) {
        sheet.value(0, column, head.get(column));
        sheet.style(0, column).bold().set();
      }
      sheet.freezePane(0, 1);
      for (var line = 0; line < rows.size(); line++) {
        var row = rows.get(line);
        for (var column = 0; column < row.size(); column++) {
          var value = row.get(column);
          if (value instanceof Number number) {
            sheet.value(line + 1, column, number);
          } else if (value != null) {
            sheet.value(line + 1, column, value.toString());
          }
        }
      }
    }
  }
}
