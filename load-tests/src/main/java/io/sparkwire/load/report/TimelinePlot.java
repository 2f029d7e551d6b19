package io.sparkwire.load.report;

import io.sparkwire.load.client.Timeline;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A picture of timelines below each other, all on one logarithmic scale. Immutable.
 *
 * @param timelines by their titles, in the order of the map
 */
public record TimelinePlot(Map<String, Timeline> timelines) {

  private static final int PANEL = 170;
  private static final int LEFT = 60;
  private static final int TOP = 28;
  private static final int BOTTOM = 24;
  private static final double LEAST_MILLIS = 0.1;
  private static final double MOST_MILLIS = 1_000;

  /** Writes it as PNG. */
  public void write(Path file) throws IOException {
    Picture.write(file, PANEL * timelines.size(), this::draw);
  }

  private void draw(Graphics2D g) {
    int top = 0;
    for (Map.Entry<String, Timeline> each : timelines.entrySet()) {
      panel(g, top, each.getKey(), each.getValue().millis());
      top += PANEL;
    }
  }

  private static void panel(Graphics2D g, int top, String title, double[] millis) {
    g.setColor(Color.BLACK);
    g.drawString(title, LEFT, top + TOP - 10);
    for (double tick = LEAST_MILLIS; tick <= MOST_MILLIS; tick *= 10) {
      g.setColor(new Color(0xDDDDDD));
      g.drawLine(LEFT, y(top, tick), Picture.WIDTH - 10, y(top, tick));
      g.setColor(Color.DARK_GRAY);
      g.drawString(tick < 1 ? "0.1 ms" : (int) tick + " ms", 6, y(top, tick) + 4);
    }
    int slotsPerTenSeconds = (int) (10_000 / Timeline.SLOT.toMillis());
    for (int slot = 0; slot < millis.length; slot += slotsPerTenSeconds) {
      g.drawString(slot / 10 + " s", x(slot, millis.length), top + PANEL - 6);
    }
    g.setColor(new Color(0x1F77B4));
    g.setStroke(new BasicStroke(1));
    for (int slot = 0; slot < millis.length; slot++) {
      int x = x(slot, millis.length);
      g.drawLine(x, y(top, LEAST_MILLIS), x, y(top, Math.max(LEAST_MILLIS, millis[slot])));
    }
  }

  private static int x(int slot, int slots) {
    return LEFT + (int) ((long) slot * (Picture.WIDTH - LEFT - 10) / slots);
  }

  private static int y(int top, double millis) {
    double share =
        (Math.log10(Math.min(millis, MOST_MILLIS)) - Math.log10(LEAST_MILLIS))
            / (Math.log10(MOST_MILLIS) - Math.log10(LEAST_MILLIS));
    return top + PANEL - BOTTOM - (int) (share * (PANEL - TOP - BOTTOM));
  }
}
