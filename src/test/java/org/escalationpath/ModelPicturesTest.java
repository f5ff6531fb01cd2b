package org.escalationpath;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Draws the models as people see them. {@code ./mvnw test -Dtest='ModelPicturesTest,BrowserTest' -Dpictures=docs/pictures} renews
 * the pictures of the documentation.
 */
@Tag("browser")
class ModelPicturesTest {

  private static final Path VENDOR = Path.of("src/test/resources/vendor");
  private static final int READABLE_WIDTH = 1_440;

  @RegisterExtension
  static Browser browser = new Browser();

  static List<Path> models() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("processes"))) {
      return files
          .filter(file -> file.toString().matches(".*\\.(bpmn|dmn)"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("models")
  void aModelCanBeDrawnAndReadAt1440Pixels(Path model) throws IOException {
    var page = browser.visitor();
    page.setContent(
        "<html><body style='margin:0;background:#fff'><div id='canvas'></div></body></html>");
    var name = model.getFileName().toString();
    var size = name.endsWith(".bpmn") ? drawProcess(page, model) : drawDecision(page, model);

    assertThat(size.get("warnings")).as("what the viewer complains about").isEqualTo(0);
    assertThat((Integer) size.get("width")).isLessThanOrEqualTo(READABLE_WIDTH);
    page.setViewportSize((Integer) size.get("width"), (Integer) size.get("height"));
    Browser.picture(page, "model-" + name.substring(0, name.lastIndexOf('.')));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> drawProcess(Page page, Path model) throws IOException {
    page.addScriptTag(new Page.AddScriptTagOptions()
        .setPath(VENDOR.resolve("bpmn-js-18.31.1/bpmn-viewer.production.min.js")));
    page.addStyleTag(
        new Page.AddStyleTagOptions().setPath(VENDOR.resolve("bpmn-js-18.31.1/diagram-js.css")));
    return (Map<String, Object>) page.evaluate("""
        async xml => {
          const viewer = new BpmnJS({container: '#canvas'});
          const result = await viewer.importXML(xml);
          const canvas = viewer.get('canvas'), inner = canvas.viewbox().inner, margin = 20;
          const width = Math.ceil(inner.width) + 2 * margin, height = Math.ceil(inner.height) + 2 * margin;
          document.getElementById('canvas').style.cssText = `width:${width}px;height:${height}px`;
          canvas.resized();
          canvas.viewbox({x: inner.x - margin, y: inner.y - margin, width, height});
          return {width, height, warnings: result.warnings.length};
        }""", Files.readString(model));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> drawDecision(Page page, Path model) throws IOException {
    page.addScriptTag(new Page.AddScriptTagOptions()
        .setPath(VENDOR.resolve("dmn-js-17.10.2/dmn-viewer.production.min.js")));
    page.addStyleTag(
        new Page.AddStyleTagOptions().setPath(VENDOR.resolve("dmn-js-17.10.2/dmn-viewer.css")));
    return (Map<String, Object>) page.evaluate("""
        async xml => {
          document.getElementById('canvas').style.cssText = 'width:1400px;height:200px';
          const viewer = new DmnJS({container: '#canvas'});
          const result = await viewer.importXML(xml);
          await viewer.open(viewer.getViews().find(view => view.type === 'decisionTable'));
          const narrow = document.createElement('style');
          narrow.textContent = '.tjs-table { width: 1380px !important; } '
              + '.tjs-table th, .tjs-table td { width: auto !important; min-width: 0 !important; } '
              + '.tjs-table .annotation, .tjs-table .create-inputs { display: none; }';
          document.head.append(narrow);
          const table = document.querySelector('.tjs-table, table').getBoundingClientRect();
          const width = Math.max(1400, Math.ceil(table.right) + 20), height = Math.ceil(table.bottom) + 60;
          document.getElementById('canvas').style.cssText = `width:${width}px;height:${height}px`;
          return {width, height, warnings: result.warnings.length};
        }""", Files.readString(model));
  }
}
