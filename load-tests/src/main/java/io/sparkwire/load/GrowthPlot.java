package io.sparkwire.load;

import io.sparkwire.load.report.Picture;
import io.sparkwire.load.report.Ratios;
import java.awt.Color;
import java.awt.Graphics2D;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A picture of dimensions below each other: the ratio of each compared figure to that of the first
 * point, with a line from the smallest to the largest, on a logarithmic scale. Immutable.
 */
record GrowthPlot(List<Growth> all) {
  private static final int PANEL = 200;
  private static final int LEFT = 60;
  private static final int RIGHT = 190;
  private static final int TOP = 30;
  private static final int BOTTOM = 30;
  private static final List<Color> COLORS =
      List.of(new Color(0x1F77B4), new Color(0xFF7F0E), new Color(0x2CA02C), new Color(0x9467BD));

  /** Writes it as PNG. */
  void write(Path file) throws IOException {
    Picture.write(file, PANEL * all.size(), this::draw);
  }

  private void draw(Graphics2D g) {
    for (int i = 0; i < all.size(); i++) {
      new Panel(g, all.get(i), i * PANEL).draw();
    }
  }

  /** The smallest and the largest power of ten between which these ratios lie. */
  static int[] decades(List<Ratios> ratios) {
    double least = ratios.stream().mapToDouble(Ratios::min).min().orElse(1);
    double most = ratios.stream().mapToDouble(Ratios::max).max().orElse(1);
    int from = (int) Math.floor(Math.log10(least));
    return new int[] {from, Math.max(from + 1, (int) Math.ceil(Math.log10(most)))};
  }

  /** One dimension. */
  private static final class Panel {
    private final Graphics2D g;
    private final Growth growth;
    private final List<Figure> figures;
    private final int top;
    private final int[] decades;

    Panel(Graphics2D g, Growth growth, int top) {
      this.g = g;
      this.growth = growth;
      this.top = top;
      this.figures = growth.dimension().figures().stream().filter(Figure::isCompared).toList();
      this.decades =
          decades(figures.stream().flatMap(figure -> growth.ratios(figure).stream()).toList());
    }

    void draw() {
      scale();
      for (int i = 0; i < figures.size(); i++) {
        g.setColor(COLORS.get(i));
        g.drawString(figures.get(i).title(), Picture.WIDTH - RIGHT + 20, top + TOP + 20 * i);
        curve(growth.ratios(figures.get(i)));
      }
    }

    private void scale() {
      g.setColor(Color.BLACK);
      g.drawString(growth.dimension().title() + ": ratio to the first", LEFT, top + TOP - 14);
      for (int decade = decades[0]; decade <= decades[1]; decade++) {
        double tick = Math.pow(10, decade);
        g.setColor(new Color(0xDDDDDD));
        g.drawLine(LEFT, y(tick), Picture.WIDTH - RIGHT, y(tick));
        g.setColor(Color.DARK_GRAY);
        g.drawString(decade < 0 ? "" + tick : "" + Math.round(tick), 8, y(tick) + 4);
      }
      List<GrowthPoint> points = growth.dimension().points();
      for (int i = 0; i < points.size(); i++) {
        g.drawString(points.get(i).label(), x(i) - 14, top + PANEL - 12);
      }
    }

    private void curve(List<Ratios> ratios) {
      for (int i = 0; i < ratios.size(); i++) {
        Ratios here = ratios.get(i);
        g.drawLine(x(i), y(here.min()), x(i), y(here.max()));
        g.fillOval(x(i) - 3, y(here.median()) - 3, 7, 7);
        if (i > 0) {
          g.drawLine(x(i - 1), y(ratios.get(i - 1).median()), x(i), y(here.median()));
        }
      }
    }

    private int x(int point) {
      int width = Picture.WIDTH - LEFT - RIGHT - 40;
      return LEFT + 20 + point * width / Math.max(1, growth.dimension().points().size() - 1);
    }

    private int y(double ratio) {
      double share = (Math.log10(ratio) - decades[0]) / (decades[1] - decades[0]);
      return top + PANEL - BOTTOM - (int) (share * (PANEL - TOP - BOTTOM));
    }
  }
}
