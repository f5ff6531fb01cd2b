package org.escalationpath.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Journal;
import org.escalationpath.cases.LedgerRow;
import org.jspecify.annotations.Nullable;

/**
 * An export as XES (IEEE 1849-2016) with the extensions concept, time, lifecycle and organizational, for process mining. A trace is a
 * case. Each row of its ledger is an event named as what happened; each visit of a tier is an activity named as the tier, which is
 * started, suspended, resumed and completed. {@code escalation:source} tells rows ({@code ledger}) from visits ({@code visit}).
 */
final class XesExport implements Export.Writer {

  private static final String NAMESPACE = "http://www.xes-standard.org/";
  private static final Set<String> ARRIVALS =
      Set.of("triaged", "escalated", "returned", "rejected", "reopened");
  private static final Set<String> ENDS =
      Set.of("solution-proposed", "closed", "closed-unresolved", "withdrawn");

  private final XMLStreamWriter xml;

  XesExport(OutputStream out) throws IOException {
    try {
      xml = XMLOutputFactory.newInstance().createXMLStreamWriter(out, "UTF-8");
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  private interface Part {
    void write() throws XMLStreamException;
  }

  private static void writing(Part part) throws IOException {
    try {
      part.write();
    } catch (XMLStreamException e) {
      throw new IOException(e);
    }
  }

  @Override
  public void begin(Export.Head head) throws IOException {
    writing(() -> {
      xml.writeStartDocument("UTF-8", "1.0");
      xml.writeStartElement("log");
      xml.writeDefaultNamespace(NAMESPACE);
      xml.writeAttribute("xes.version", "1849-2016");
      xml.writeAttribute("xes.features", "");
      extension("Concept", "concept");
      extension("Time", "time");
      extension("Lifecycle", "lifecycle");
      extension("Organizational", "org");
      global("trace", () -> text("concept:name", ""));
      global("event", () -> {
        text("concept:name", "");
        date("time:timestamp", Instant.EPOCH);
        text("lifecycle:transition", "complete");
        text("org:resource", "system");
      });
      classifier("Activity", "concept:name lifecycle:transition");
      classifier("What happened", "concept:name");
      classifier("Resource", "org:resource");
      text("concept:name", "Escalation Path");
      text("lifecycle:model", "standard");
      date("escalation:exportedAt", head.at());
      text("escalation:exportedBy", head.by());
    });
  }

  private void extension(String name, String prefix) throws XMLStreamException {
    xml.writeEmptyElement("extension");
    xml.writeAttribute("name", name);
    xml.writeAttribute("prefix", prefix);
    xml.writeAttribute("uri", NAMESPACE + prefix + ".xesext");
  }

  private void global(String scope, Part attributes) throws XMLStreamException {
    xml.writeStartElement("global");
    xml.writeAttribute("scope", scope);
    attributes.write();
    xml.writeEndElement();
  }

  private void classifier(String name, String keys) throws XMLStreamException {
    xml.writeEmptyElement("classifier");
    xml.writeAttribute("name", name);
    xml.writeAttribute("keys", keys);
  }

  @Override
  public void write(CustomerCase customerCase, List<Export.ExportedRow> rows) throws IOException {
    writing(() -> {
      xml.writeStartElement("trace");
      text("concept:name", customerCase.number().value());
      text("escalation:state", customerCase.state().toString());
      text("escalation:priority", customerCase.priority().toString());
      text("escalation:segment", customerCase.customer().segment());
      text("escalation:channel", customerCase.channel());
      text("escalation:category", customerCase.category());
      text("escalation:externalId", customerCase.externalId());
      new Visits().write(rows);
      xml.writeEndElement();
    });
  }

  /** The events of one case; where it is follows from its rows. */
  private final class Visits {

    private @Nullable String tier;

    private void write(List<Export.ExportedRow> rows) throws XMLStreamException {
      for (var each : rows) {
        var row = each.row();
        var arrives = arrives(row);
        if (tier != null && (ENDS.contains(row.what()) || arrives)) {
          visit("complete", row);
          tier = null;
        }
        event(row);
        if (arrives) {
          tier = row.toTier();
          visit("start", row);
        } else if (tier != null && row.what().equals("paused")) {
          visit("suspend", row);
        } else if (tier != null && row.what().equals("resumed")) {
          visit("resume", row);
        }
      }
    }

    /** Where a rejected case goes on is said once more by the move that follows. */
    private boolean arrives(LedgerRow row) {
      return row.toTier() != null
          && ARRIVALS.contains(row.what())
          && !row.toTier().equals(tier);
    }

    private void visit(String transition, LedgerRow row) throws XMLStreamException {
      xml.writeStartElement("event");
      text("concept:name", tier);
      text("lifecycle:transition", transition);
      date("time:timestamp", row.at());
      text("org:resource", row.who());
      text("org:group", tier);
      text("escalation:source", "visit");
      xml.writeEndElement();
    }
  }

  private void event(LedgerRow row) throws XMLStreamException {
    xml.writeStartElement("event");
    text("concept:name", row.what());
    text("lifecycle:transition", "complete");
    date("time:timestamp", row.at());
    text("org:resource", row.who());
    text("org:group", row.toTier() == null ? row.fromTier() : row.toTier());
    text("escalation:source", "ledger");
    number("escalation:seq", row.seq());
    text("escalation:fromTier", row.fromTier());
    text("escalation:toTier", row.toTier());
    text("escalation:reason", row.reason());
    text("escalation:trigger", row.trigger());
    text("escalation:modelVersion", row.modelVersion());
    text("escalation:details", row.details());
    xml.writeEndElement();
  }

  private void text(String key, @Nullable String value) throws XMLStreamException {
    if (value != null) {
      attribute("string", key, possible(value));
    }
  }

  private void date(String key, Instant value) throws XMLStreamException {
    attribute("date", key, Chain.text(value));
  }

  private void number(String key, int value) throws XMLStreamException {
    attribute("int", key, String.valueOf(value));
  }

  private void attribute(String type, String key, String value) throws XMLStreamException {
    xml.writeEmptyElement(type);
    xml.writeAttribute("key", key);
    xml.writeAttribute("value", value);
  }

  /** XML 1.0 has no way to write most control characters and lone halves of characters. */
  private static String possible(String text) {
    return text.codePoints()
        .map(each -> isPossible(each) ? each : '\uFFFD')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isPossible(int character) {
    return character == '\t'
        || character == '\n'
        || character == '\r'
        || character >= 0x20 && character <= 0xD7FF
        || character >= 0xE000 && character <= 0xFFFD
        || character >= 0x10000;
  }

  /** A log of cases has no place for what is about none. */
  @Override
  public void write(Journal.Row row, @Nullable Integer seal, @Nullable String sealedHash) {}

  @Override
  public void end() throws IOException {
    writing(() -> {
      xml.writeEndElement();
      xml.writeEndDocument();
      xml.flush();
    });
  }
}
