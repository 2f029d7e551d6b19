package io.sparkwire.load;

import io.sparkwire.load.report.Picture;
import io.sparkwire.load.report.Ratios;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture of ratios, one bar each from 1 to the median with a line from the smallest to the
 * largest, all on one logarithmic scale. Immutable.
 */
record RatioPlot(List<RatioTable.Line> lines) {

  private static final int ROW = 26;
  private static final int LEFT = 270;
  private static final int RIGHT = 120;
  private static final int HEAD = 40;
  private static final double LEAST = 0.1;
  private static final double MOST = 1_000;

  /** Writes it as PNG. */
  void write(Path file) throws IOException {
    int height = HEAD + ROW * (lines.size() + 1);
    Picture.write(file, height, g -> draw(g, height));
  }

  private void draw(Graphics2D g, int height) {
    scale(g, height);
    for (int i = 0; i < lines.size(); i++) {
      bar(g, HEAD + i * ROW, lines.get(i));
    }
  }

  private static void scale(Graphics2D g, int height) {
    g.setColor(Color.BLACK);
    g.drawString("requests per second, as many times those of the other", LEFT, 16);
    for (double tick = LEAST; tick <= MOST; tick *= 10) {
      g.setColor(new Color(0xDDDDDD));
      g.drawLine(x(tick), HEAD - 6, x(tick), height - ROW / 2);
      g.setColor(Color.DARK_GRAY);
      g.drawString(tick < 1 ? "0.1" : "" + Math.round(tick), x(tick) - 8, HEAD - 8);
    }
  }

  private static void bar(Graphics2D g, int top, RatioTable.Line line) {
    Ratios ratios = line.throughput();
    g.setColor(Color.BLACK);
    g.drawString(line.name(), 8, top + ROW / 2 + 4);
    g.drawString(ratios.toString(), Picture.WIDTH - RIGHT + 8, top + ROW / 2 + 4);
    if (Double.isNaN(ratios.median())) {
      return;
    }
    int from = Math.min(x(1), x(ratios.median()));
    int to = Math.max(x(1), x(ratios.median()));
    g.setColor(new Color(0x1F77B4));
    g.fillRect(from, top + 5, Math.max(1, to - from), ROW - 10);
    g.setColor(Color.BLACK);
    g.setStroke(new BasicStroke(1));
    g.drawLine(x(ratios.min()), top + ROW / 2, x(ratios.max()), top + ROW / 2);
  }

  private static int x(double ratio) {
    double bounded = Math.max(LEAST, Math.min(MOST, ratio));
    double share = Math.log10(bounded / LEAST) / Math.log10(MOST / LEAST);
    return LEFT + (int) (share * (Picture.WIDTH - LEFT - RIGHT));
  }
}
