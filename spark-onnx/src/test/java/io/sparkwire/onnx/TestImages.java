package io.sparkwire.onnx;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small images in files. */
final class TestImages {

  private TestImages() {}

  /**
   * @param colors of the pixels, row by row, as {@code 0xRRGGBB}
   */
  static byte[] png(int width, int height, int... colors) {
    return file("png", image(BufferedImage.TYPE_INT_RGB, width, height, colors));
  }

  static BufferedImage image(int type, int width, int height, int... colors) {
    BufferedImage image = new BufferedImage(width, height, type);
    image.setRGB(0, 0, width, height, colors, 0, width);
    return image;
  }

  static byte[] file(String format, BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalStateException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
