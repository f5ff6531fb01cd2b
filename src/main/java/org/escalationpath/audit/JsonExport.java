package org.escalationpath.audit;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.CustomerCase;
import org.escalationpath.cases.Journal;
import org.escalationpath.clocks.TermRow;
import org.jspecify.annotations.Nullable;

/**
 * An export as one JSON object: {@code format, exportedAt, exportedBy, whole}, then {@code seals} and {@code rows}. It holds all that
 * hashes and roots are made of, what clocks were held to included, so that {@link ExportCheck}, or anybody's program, can verify it.
 */
final class JsonExport implements Export.Writer {

  static final String FORMAT = "escalation-path-ledger/1";

  private final JsonGenerator json;

  JsonExport(OutputStream out) throws IOException {
    json = new JsonFactory()
        .createGenerator(out, JsonEncoding.UTF8)
        .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  @Override
  public void begin(Export.Head head) throws IOException {
    json.writeStartObject();
    json.writeStringField("format", FORMAT);
    json.writeStringField("exportedAt", Chain.text(head.at()));
    json.writeStringField("exportedBy", head.by());
    json.writeBooleanField("whole", head.request().isWhole());
    json.writeArrayFieldStart("seals");
    for (var seal : head.seals()) {
      json.writeStartObject();
      json.writeNumberField("no", seal.no());
      json.writeStringField("sealedAt", Chain.text(seal.sealedAt()));
      json.writeNumberField("rows", seal.rows());
      json.writeStringField("root", seal.root());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("rows");
  }

  @Override
  public void write(CustomerCase customerCase, List<Export.ExportedRow> rows) throws IOException {
    for (var each : rows) {
      var row = each.row();
      json.writeStartObject();
      json.writeStringField("chain", row.chain());
      json.writeNumberField("seq", row.seq());
      json.writeStringField("at", Chain.text(row.at()));
      json.writeStringField("who", row.who());
      json.writeStringField("what", row.what());
      write("fromTier", row.fromTier());
      write("toTier", row.toTier());
      write("reason", row.reason());
      write("trigger", row.trigger());
      write("noteId", row.noteId());
      write("noteHash", row.noteHash());
      write("note", each.note());
      write("modelVersion", row.modelVersion());
      write("details", row.details());
      end(row.hash(), each.seal(), each.sealedHash());
    }
  }

  @Override
  public void write(Journal.Row row, @Nullable Integer seal, @Nullable String sealedHash)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("chain", Journal.CHAIN);
    json.writeNumberField("seq", row.seq());
    json.writeStringField("at", Chain.text(row.at()));
    json.writeStringField("who", row.who());
    json.writeStringField("what", row.what());
    json.writeStringField("details", row.details());
    end(row.hash(), seal, sealedHash);
  }

  @Override
  public void writeTerm(TermRow row, @Nullable Integer seal, @Nullable String sealedHash)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("chain", row.chain());
    json.writeNumberField("seq", row.seq());
    for (var i = 0; i < TermRow.NAMES.size(); i++) {
      write(TermRow.NAMES.get(i), row.values().get(i));
    }
    end(null, seal, sealedHash);
  }

  private void end(@Nullable String hash, @Nullable Integer seal, @Nullable String sealedHash)
      throws IOException {
    write("hash", hash);
    if (seal != null) {
      json.writeNumberField("seal", seal);
      write("sealedHash", sealedHash);
    }
    json.writeEndObject();
  }

  private void write(String name, @Nullable String value) throws IOException {
    if (value == null) {
      json.writeNullField(name);
    } else {
      json.writeStringField(name, value);
    }
  }

  @Override
  public void end() throws IOException {
    json.writeEndArray();
    json.writeEndObject();
    json.close();
  }
}
