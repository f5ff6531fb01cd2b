package org.escalationpath.audit;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.Event;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Gateway;
import org.camunda.bpm.model.bpmn.instance.IntermediateCatchEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnEdge;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;

/**
 * The diagram of a process with the way that it took, as a picture for paper, where no viewer runs: boxes, events, gateways and flows
 * as the model draws them, without the small symbols inside.
 */
final class WayPicture {

  private static final double SCALE = 2;
  private static final int MARGIN = 20;
  private static final int LONGEST_SIDE = 8_000;
  private static final Color INK = new Color(0x1b1f24);
  private static final Map<State, Color> FILLS = Map.of(
      State.NEVER, Color.WHITE,
      State.WAS, new Color(0xdff3e4),
      State.IS, new Color(0xd9e8ff),
      State.CANCELLED, new Color(0xfdeceb));
  private static final Map<State, Color> LINES = Map.of(
      State.NEVER, new Color(0x9aa4b1),
      State.WAS, new Color(0x0f6b35),
      State.IS, new Color(0x0b4fbf),
      State.CANCELLED, new Color(0xa3161f));

  /** Whether the process has been at an element. */
  enum State {
    NEVER,
    WAS,
    IS,
    CANCELLED
  }

  private final BpmnModelInstance model;
  private final Map<String, State> states;
  private final Font font;

  private WayPicture(BpmnModelInstance model, Map<String, State> states) {
    this.model = model;
    this.states = states;
    this.font = font();
  }

  /**
   * @param bpmn the model
   * @param states by the ids of elements; others have never been reached
   * @return a PNG
   */
  static byte[] draw(byte[] bpmn, Map<String, State> states) {
    return new WayPicture(Bpmn.readModelFromStream(new ByteArrayInputStream(bpmn)), states).draw();
  }

  private byte[] draw() {
    var shapes = new ArrayList<>(model.getModelElementsByType(BpmnShape.class));
    var box = box(shapes);
    var scale = Math.min(SCALE, LONGEST_SIDE / Math.max(box.getWidth(), box.getHeight()));
    var image = new BufferedImage(
        (int) Math.ceil(box.getWidth() * scale),
        (int) Math.ceil(box.getHeight() * scale),
        BufferedImage.TYPE_INT_RGB);
    var pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, image.getWidth(), image.getHeight());
    pen.transform(
        new AffineTransform(scale, 0, 0, scale, -box.getX() * scale, -box.getY() * scale));
    pen.setFont(font);
    // what holds others lies below them
    shapes.sort(Comparator.comparing(shape -> -area(shape)));
    shapes.stream().filter(WayPicture::isContainer).forEach(shape -> draw(shape, pen));
    model.getModelElementsByType(BpmnEdge.class).forEach(edge -> draw(edge, pen));
    shapes.stream().filter(shape -> !isContainer(shape)).forEach(shape -> draw(shape, pen));
    pen.dispose();
    return png(image);
  }

  private static Rectangle2D box(Collection<BpmnShape> shapes) {
    Rectangle2D box = null;
    for (var shape : shapes) {
      box = box == null ? rectangle(shape) : box.createUnion(rectangle(shape));
    }
    if (box == null) {
      return new Rectangle2D.Double(0, 0, 1, 1);
    }
    return new Rectangle2D.Double(
        box.getX() - MARGIN,
        box.getY() - MARGIN,
        box.getWidth() + 2 * MARGIN,
        box.getHeight() + 3 * MARGIN);
  }

  private static Rectangle2D rectangle(BpmnShape shape) {
    var bounds = shape.getBounds();
    return new Rectangle2D.Double(
        bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
  }

  private static double area(BpmnShape shape) {
    return shape.getBounds().getWidth() * shape.getBounds().getHeight();
  }

  private static boolean isContainer(BpmnShape shape) {
    return shape.getBpmnElement() instanceof SubProcess;
  }

  private State state(BaseElement element) {
    return states.getOrDefault(element.getId(), State.NEVER);
  }

  private void draw(BpmnShape shape, Graphics2D pen) {
    var element = shape.getBpmnElement();
    var state = state(element);
    var outline = outline(shape, element);
    pen.setColor(isContainer(shape) ? Color.WHITE : FILLS.get(state));
    pen.fill(outline);
    pen.setColor(LINES.get(state));
    pen.setStroke(new BasicStroke(element instanceof EndEvent ? 3 : state == State.NEVER ? 1 : 2));
    pen.draw(outline);
    if (element instanceof BoundaryEvent || element instanceof IntermediateCatchEvent) {
      pen.setStroke(new BasicStroke(1));
      var inner = rectangle(shape);
      pen.draw(new Ellipse2D.Double(
          inner.getX() + 3, inner.getY() + 3, inner.getWidth() - 6, inner.getHeight() - 6));
    }
    write(shape, element, pen);
  }

  private static Shape outline(BpmnShape shape, BaseElement element) {
    var box = rectangle(shape);
    if (element instanceof Event) {
      return new Ellipse2D.Double(box.getX(), box.getY(), box.getWidth(), box.getHeight());
    }
    if (element instanceof Gateway) {
      var diamond = new Path2D.Double();
      diamond.moveTo(box.getCenterX(), box.getMinY());
      diamond.lineTo(box.getMaxX(), box.getCenterY());
      diamond.lineTo(box.getCenterX(), box.getMaxY());
      diamond.lineTo(box.getMinX(), box.getCenterY());
      diamond.closePath();
      return diamond;
    }
    return new RoundRectangle2D.Double(
        box.getX(), box.getY(), box.getWidth(), box.getHeight(), 10, 10);
  }

  private void write(BpmnShape shape, BaseElement element, Graphics2D pen) {
    if (!(element instanceof FlowElement flow) || flow.getName() == null) {
      return;
    }
    var box = rectangle(shape);
    pen.setColor(INK);
    var isInside = !(element instanceof Event) && !(element instanceof Gateway);
    var width = isInside ? box.getWidth() - 8 : 90;
    var lines = wrapped(flow.getName(), width, pen);
    var height = pen.getFontMetrics().getHeight();
    var label = shape.getBpmnLabel() == null ? null : shape.getBpmnLabel().getBounds();
    var top = isContainer(shape)
        ? box.getY() + 4
        : isInside
            ? box.getCenterY() - lines.size() * height / 2.0
            : label == null ? box.getMaxY() + 2 : label.getY();
    var center = label == null || isInside ? box.getCenterX() : label.getX() + label.getWidth() / 2;
    for (var line : lines) {
      top += height;
      pen.drawString(line, (float) (center - pen.getFontMetrics().stringWidth(line) / 2.0), (float)
          (top - pen.getFontMetrics().getDescent()));
    }
  }

  private static List<String> wrapped(String text, double width, Graphics2D pen) {
    var lines = new ArrayList<String>();
    var line = "";
    for (var word : text.split("\\s+")) {
      var longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && pen.getFontMetrics().stringWidth(longer) > width) {
        lines.add(line);
        line = word;
      } else {
        line = longer;
      }
    }
    lines.add(line);
    return lines;
  }

  private static void draw(BpmnEdge edge, Graphics2D pen) {
    var line = new Path2D.Double();
    double[] before = null;
    double[] last = null;
    for (var point : edge.getWaypoints()) {
      if (last == null) {
        line.moveTo(point.getX(), point.getY());
      } else {
        line.lineTo(point.getX(), point.getY());
      }
      before = last;
      last = new double[] {point.getX(), point.getY()};
    }
    if (before == null || last == null) {
      return;
    }
    pen.setColor(new Color(0x57606a));
    pen.setStroke(new BasicStroke(1));
    pen.draw(line);
    pen.fill(arrow(before, last));
  }

  private static Shape arrow(double[] from, double[] to) {
    var turn = Math.atan2(to[1] - from[1], to[0] - from[0]);
    var tip = new Path2D.Double();
    tip.moveTo(to[0], to[1]);
    tip.lineTo(to[0] - 8 * Math.cos(turn - .4), to[1] - 8 * Math.sin(turn - .4));
    tip.lineTo(to[0] - 8 * Math.cos(turn + .4), to[1] - 8 * Math.sin(turn + .4));
    tip.closePath();
    return tip;
  }

  private static byte[] png(BufferedImage image) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private static Font font() {
    try (var file = WayPicture.class.getResourceAsStream("/fonts/DejaVuSans.ttf")) {
      return Font.createFont(Font.TRUETYPE_FONT, Objects.requireNonNull(file)).deriveFont(11f);
    } catch (FontFormatException | IOException e) {
      throw new IllegalStateException("The font of pictures cannot be read", e);
    }
  }
}
