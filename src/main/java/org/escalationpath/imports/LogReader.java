package org.escalationpath.imports;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.escalationpath.cases.Chain;
import org.jspecify.annotations.Nullable;

/** Reads a log by its mapping, case by case; rows that are not understood are left out and listed. */
final class LogReader {

  /** As many of the bad rows are listed; all are counted. */
  static final int MOST_PROBLEMS = 1_000;

  /** A case with more rows is none: the mapping names the wrong column. */
  private static final int MOST_ROWS_OF_A_CASE = 5_000;

  private static final int LONGEST_KEY = 100;
  private static final int LONGEST_WORD = 60;

  /** @param line of the file, or of an XES log the place of the event, from 1 */
  record Problem(long line, String why) {}

  private final Mapping mapping;
  private final Times times;
  private final Map<String, List<LogRow>> cases = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();
  private final Map<String, String> words = new HashMap<>();
  private long rows;
  private long bad;

  private LogReader(Mapping mapping) {
    this.mapping = mapping;
    this.times = mapping.time().reader();
  }

  /**
   * Reads everything.
   *
   * @param log as it is, or compressed by gzip
   * @param largest how many bytes it may have unpacked
   * @throws org.escalationpath.cases.BadInput if it is not of the mapping's format, or a column is missing
   */
  static LogReader read(InputStream log, Mapping mapping, long largest) throws IOException {
    var reader = new LogReader(mapping);
    var plain = new LimitedStream(unzipped(log), largest);
    if (mapping.format().equals("csv")) {
      reader.readCsv(plain);
    } else {
      reader.readXes(plain);
    }
    return reader;
  }

  /** The rows of each case, in the order of the file. */
  Map<String, List<LogRow>> cases() {
    return cases;
  }

  List<Problem> problems() {
    return problems;
  }

  long rows() {
    return rows;
  }

  long bad() {
    return bad;
  }

  private static InputStream unzipped(InputStream log) throws IOException {
    var buffered = new BufferedInputStream(log, 1 << 16);
    buffered.mark(2);
    var magic = buffered.read() | buffered.read() << 8;
    buffered.reset();
    return magic == GZIPInputStream.GZIP_MAGIC ? new GZIPInputStream(buffered, 1 << 16) : buffered;
  }

  private void readCsv(InputStream log) throws IOException {
    var separator = mapping.delimiter() == null ? ',' : mapping.delimiter().charAt(0);
    var head = new HashMap<String, Integer>();
    try (var csv = CsvReader.builder()
        .fieldSeparator(separator)
        .detectBomHeader(true)
        .ofCsvRecord(log, StandardCharsets.UTF_8)) {
      for (var record : csv) {
        if (head.isEmpty()) {
          for (var i = 0; i < record.getFieldCount(); i++) {
            head.put(record.getField(i).strip(), i);
          }
          mustHave(head);
          continue;
        }
        var fields = record.getFields();
        take(record.getStartingLineNumber(), column -> {
          var place = head.get(column);
          return place == null || place >= fields.size() ? null : fields.get(place);
        });
      }
    } catch (CsvParseException | java.io.UncheckedIOException e) {
      throw Mapping.bad("format", "the file is no CSV: " + e.getMessage());
    }
    if (head.isEmpty()) {
      throw Mapping.bad("format", "the file is empty");
    }
  }

  private void mustHave(Map<String, Integer> head) {
    for (var column : mapping.columns()) {
      if (!head.containsKey(column)) {
        throw Mapping.bad(
            column, "the file has no such column; it has %s".formatted(head.keySet()));
      }
    }
  }

  // ---- XES: an event's attributes are its columns, those of its trace are called case:…

  private void readXes(InputStream log) throws IOException {
    var factory = XMLInputFactory.newInstance();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      var xml = factory.createXMLStreamReader(log);
      var trace = new HashMap<String, String>();
      Map<String, String> event = null;
      var depth = 0;
      while (xml.hasNext()) {
        var kind = xml.next();
        if (kind == XMLStreamConstants.START_ELEMENT) {
          switch (xml.getLocalName()) {
            case "trace" -> trace.clear();
            case "event" -> event = new HashMap<>();
            default -> {
              // attributes of attributes mean nothing here
              if (depth == 0) {
                attribute(xml, event, trace);
              }
            }
          }
          depth += isContainer(xml.getLocalName()) ? 0 : 1;
        } else if (kind == XMLStreamConstants.END_ELEMENT) {
          depth -= isContainer(xml.getLocalName()) ? 0 : 1;
          if (xml.getLocalName().equals("event") && event != null) {
            var attributes = event;
            take(
                rows + 1,
                column -> column.startsWith("case:")
                    ? trace.get(column.substring(5))
                    : attributes.get(column));
            event = null;
          }
        }
      }
    } catch (XMLStreamException e) {
      throw Mapping.bad("format", "the file is no XES: " + e.getMessage());
    }
    if (rows == 0) {
      throw Mapping.bad("format", "the file has no event");
    }
  }

  private static boolean isContainer(String element) {
    return element.equals("log") || element.equals("trace") || element.equals("event");
  }

  private static void attribute(
      XMLStreamReader xml, @Nullable Map<String, String> event, Map<String, String> trace) {
    var key = xml.getAttributeValue(null, "key");
    var value = xml.getAttributeValue(null, "value");
    if (key != null && value != null) {
      (event == null ? trace : event).put(key, value);
    }
  }

  // ---- a row

  private void take(long line, UnaryOperator<@Nullable String> row) {
    rows++;
    try {
      var key = row.apply(mapping.caseColumn());
      if (key == null
          || key.isBlank()
          || key.length() > LONGEST_KEY
          || key.codePoints().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "'%s' is empty, longer than %d characters or has control characters"
                .formatted(mapping.caseColumn(), LONGEST_KEY));
      }
      var read = read(row);
      if (read != null) {
        add(key.strip(), read);
      }
    } catch (DateTimeException | IllegalArgumentException e) {
      bad++;
      if (problems.size() < MOST_PROBLEMS) {
        problems.add(new Problem(line, plain(String.valueOf(e.getMessage()), 500)));
      }
    }
  }

  private void add(String key, LogRow row) {
    var rows = cases.computeIfAbsent(key, each -> new ArrayList<>(4));
    if (rows.size() >= MOST_ROWS_OF_A_CASE) {
      throw new IllegalArgumentException("The case '%s' has more than %d rows; is '%s' its number?"
          .formatted(key, MOST_ROWS_OF_A_CASE, mapping.caseColumn()));
    }
    rows.add(row);
  }

  /** As databases take it. */
  static String plain(String text, int most) {
    var line = text.replaceAll("\\p{Cntrl}", " ");
    return line.length() > most ? line.substring(0, most) : line;
  }

  private @Nullable LogRow read(UnaryOperator<@Nullable String> row) {
    var meaning = meaning(row);
    if (meaning == null) {
      return null;
    }
    return new LogRow(
        time(mapping.time().column(), row),
        mapping.opened() == null ? null : time(mapping.opened(), row),
        tier(row),
        meaning,
        mapping.claimed() != null && Mapping.fits(mapping.claimed(), row),
        mapping.automatic() != null && Mapping.fits(mapping.automatic(), row),
        mapping.priorityOf(row),
        word(mapping.category(), row),
        word(mapping.product(), row),
        orElse(shortened(word(mapping.channel(), row), 20), "import"),
        orElse(shortened(word(mapping.segment(), row), 40), "standard"),
        customer(row));
  }

  /** What the row says of the case; null for an activity that means nothing here. */
  private @Nullable String meaning(UnaryOperator<@Nullable String> row) {
    if (mapping.activity() != null) {
      var activity = mapping.activity().of(row);
      return activity == null || mapping.activity().values() != null
          ? activity
          : Mapping.ACTIVITIES.stream()
              .map(Object::toString)
              .filter(activity::equals)
              .findFirst()
              .orElse(null);
    }
    return java.util.Objects.requireNonNull(mapping.state()).stream()
        .filter(rule -> Mapping.fits(rule.when(), row))
        .map(Mapping.StateRule::is)
        .findFirst()
        .orElse("open");
  }

  private java.time.Instant time(String column, UnaryOperator<@Nullable String> row) {
    var text = row.apply(column);
    if (text == null || text.isBlank()) {
      throw new IllegalArgumentException("'%s' is empty".formatted(column));
    }
    return times.read(text);
  }

  /** Where an activity says no tier the case stays where it is. */
  private String tier(UnaryOperator<@Nullable String> row) {
    var tier = mapping.tier().of(row);
    if (tier != null) {
      return known(tier);
    }
    var said = mapping.tier().column() == null ? null : row.apply(mapping.tier().column());
    if (mapping.activity() != null && (said == null || said.isBlank())) {
      return "";
    }
    throw new IllegalArgumentException("'%s' is '%s', for which the mapping has no tier"
        .formatted(mapping.tier().column(), said));
  }

  private @Nullable String word(
      Mapping.@Nullable Values values, UnaryOperator<@Nullable String> row) {
    var word = values == null ? null : values.of(row);
    return word == null || word.isBlank() || word.equals("?")
        ? null
        : known(plain(word.strip(), LONGEST_WORD));
  }

  /** One object for each word, however many rows say it. */
  private String known(String word) {
    var known = words.putIfAbsent(word, word);
    return known == null ? word : known;
  }

  private static String orElse(@Nullable String word, String otherwise) {
    return word == null ? otherwise : word;
  }

  private static @Nullable String shortened(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }

  /** Nobody can tell from the number who it was. */
  private long customer(UnaryOperator<@Nullable String> row) {
    var said = mapping.customer() == null ? null : row.apply(mapping.customer());
    if (said == null || said.isBlank()) {
      return 0;
    }
    var digest = Chain.digest().digest(said.strip().getBytes(StandardCharsets.UTF_8));
    return Math.max(1, ByteBuffer.wrap(digest).getLong() & Long.MAX_VALUE);
  }
}
