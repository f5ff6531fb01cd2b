package org.escalationpath.desk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.springframework.stereotype.Component;

/** The pictures of charts on paper, of the same data that a script draws on the page. */
@Component
class ChartPictures {

  private static final Set<String> BARS = Set.of("bars", "stacked", "pareto");
  private static final Set<String> LINES = Set.of("lines", "control");

  /** In pixels of the picture, which is printed at half its size. */
  private static final int WIDTH = 1_500;

  private static final int HEIGHT = 480;
  private static final int MOST_LABELS = 14;
  private static final float THICK = 3;

  private static final Color INK = new Color(0x1b1f24);
  private static final Color FAINT = new Color(0x8b949e);
  private static final Color[] PALETTE = {
    new Color(0x0b57d0), new Color(0xb45309), new Color(0x0f6b35), new Color(0xa3161f)
  };

  private final ObjectMapper json;

  ChartPictures(ObjectMapper json) {
    this.json = json;
  }

  /** As base64 of a PNG; empty where a chart has nothing to show, or is told by its table alone. */
  String of(Chart chart) {
    if (chart.data() == null) {
      return "";
    }
    var data = read(chart.data());
    var kind = data.path("kind").asText();
    return BARS.contains(kind) || LINES.contains(kind) ? draw(data, kind) : "";
  }

  private JsonNode read(String data) {
    try {
      return json.readTree(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("The data of a chart cannot be read", e);
    }
  }

  private static String draw(JsonNode data, String kind) {
    var picture = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
    style(picture, data);
    picture.getStyler().setStacked(kind.equals("stacked"));
    if (LINES.contains(kind)) {
      picture.getStyler().setDefaultSeriesRenderStyle(CategorySeriesRenderStyle.Line);
      // or else each line would stand beside the one before, as bars do
      picture.getStyler().setOverlapped(true);
    }
    var steps = new ArrayList<String>();
    data.path("x").forEach(each -> steps.add(each.asText()));
    var place = 0;
    for (var each : data.path("series")) {
      var series = add(picture, each, steps, place);
      if (kind.equals("pareto")) {
        // a count and a length have an axis each
        series.setYAxisGroup(place);
        picture.setYAxisGroupTitle(place, each.path("name").asText());
        picture.getStyler().setYAxisGroupPosition(1, Styler.YAxisPosition.Right);
      }
      place++;
    }
    try {
      return Base64.getEncoder()
          .encodeToString(BitmapEncoder.getBitmapBytes(picture, BitmapFormat.PNG));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void style(CategoryChart picture, JsonNode data) {
    var styler = picture.getStyler();
    var font = new Font(Font.SANS_SERIF, Font.PLAIN, 20);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setChartFontColor(INK);
    styler.setAxisTickLabelsFont(font);
    styler.setAxisTitleFont(font);
    styler.setLegendFont(font);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setLegendPosition(Styler.LegendPosition.OutsideS);
    styler.setLegendLayout(Styler.LegendLayout.Horizontal);
    styler.setLegendVisible(data.path("series").size() > 1);
    styler.setXAxisMaxLabelCount(MOST_LABELS);
    picture.setYAxisTitle(data.path("unit").asText());
  }

  private static CategorySeries add(
      CategoryChart picture, JsonNode of, List<String> steps, int place) {
    var values = new ArrayList<@Nullable Double>();
    of.path("values").forEach(each -> values.add(each.isNull() ? null : each.asDouble()));
    var colour = of.path("isLimit").asBoolean() ? FAINT : PALETTE[place % PALETTE.length];
    var series = picture.addSeries(of.path("name").asText(), steps, values);
    series.setFillColor(colour);
    series.setLineColor(colour);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineStyle(new BasicStroke(THICK));
    return series;
  }
}
