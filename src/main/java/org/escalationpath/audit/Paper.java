package org.escalationpath.audit;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.escalationpath.cases.Chain;
import org.escalationpath.cases.Journal;
import org.escalationpath.engine.Models;
import org.escalationpath.engine.PastPaths;
import org.jsoup.Jsoup;
import org.jsoup.helper.W3CDom;
import org.springframework.stereotype.Component;

/**
 * Puts pages on paper, as the history of a case: a PDF with a hash of what it says on each page. The journal keeps that hash and the file's, so
 * that anybody can tell later whether a file is the one that was given out.
 */
@Component
public class Paper {

  /** Where the page has its hash, which cannot be known before the page is. */
  public static final String HASH_GOES_HERE = "the-hash-goes-here";

  private final Models models;
  private final Journal journal;

  Paper(Models models, Journal journal) {
    this.models = models;
    this.journal = journal;
  }

  /** The diagram with the way that a process took, as a PNG; empty where its model is gone. */
  public byte[] picture(PastPaths.Process process, List<PastPaths.Step> steps) {
    var states = new HashMap<String, WayPicture.State>();
    for (var step : steps) {
      states.merge(step.element(), state(step), Paper::stronger);
    }
    return models
        .bpmn(process.definition())
        .map(bpmn -> WayPicture.draw(bpmn, states))
        .orElseGet(() -> new byte[0]);
  }

  private static WayPicture.State state(PastPaths.Step step) {
    return step.endedAt() == null
        ? WayPicture.State.IS
        : step.isCancelled() ? WayPicture.State.CANCELLED : WayPicture.State.WAS;
  }

  /** Where it is counts more than where it was. */
  private static WayPicture.State stronger(WayPicture.State one, WayPicture.State other) {
    return one == WayPicture.State.IS || other == WayPicture.State.IS ? WayPicture.State.IS : other;
  }

  /**
   * The page as a PDF, with its hash in the places marked {@link #HASH_GOES_HERE}; recorded as exported.
   *
   * @param about what it is of, {@code case} and its number
   * @param html the page, complete with its pictures; nothing else is loaded
   */
  public byte[] pdf(Map<String, String> about, String html) {
    var hash = Chain.sha256(html.getBytes(StandardCharsets.UTF_8));
    var file = render(html.replace(HASH_GOES_HERE, hash));
    var facts = new HashMap<String, Object>(about);
    facts.putAll(Map.of("format", "pdf", "content", hash, "file", Chain.sha256(file)));
    journal.append("exported", facts);
    return file;
  }

  private static byte[] render(String html) {
    var out = new ByteArrayOutputStream();
    var builder = new PdfRendererBuilder();
    builder.useFont(font("DejaVuSans.ttf"), "DejaVu Sans", 400, FontStyle.NORMAL, true);
    builder.useFont(font("DejaVuSans-Bold.ttf"), "DejaVu Sans", 700, FontStyle.NORMAL, true);
    // what people wrote must make nobody fetch anything
    builder.useUriResolver(
        (base, uri) -> uri != null && uri.startsWith("data:image/png;base64,") ? uri : null);
    builder.withW3cDocument(new W3CDom().fromJsoup(Jsoup.parse(html)), null);
    builder.toStream(out);
    try {
      builder.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static FSSupplier<InputStream> font(String name) {
    return () -> Paper.class.getResourceAsStream("/fonts/" + name);
  }
}
