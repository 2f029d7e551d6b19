package io.sparkwire.load.report;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A white sheet to draw on, as wide as all pictures are. Stateless. */
public final class Picture {
  public static final int WIDTH = 960;

  private Picture() {}

  /** Writes what is drawn as PNG. */
  public static void write(Path file, int height, Consumer<Graphics2D> drawing) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, WIDTH, height);
    drawing.accept(g);
    g.dispose();
    ImageIO.write(image, "png", file.toFile());
  }
}
