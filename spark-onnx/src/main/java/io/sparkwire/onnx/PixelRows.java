package io.sparkwire.onnx;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;

/**
 * The rows of an image as red, green and blue from 0 to 255.
 *
 * <p>Values are those in the file, as Pillow gives them too: a colour profile, and the profile of
 * linear light that Java assumes of grey images, are not applied. Transparency is ignored. Samples
 * of 16 bits keep their fractions. Runs on: task thread. Not thread-safe.
 */
final class PixelRows {

  static final int CHANNELS = 3;
  private static final float MAX = 255f;

  private final BufferedImage image;
  private final Raster raster;
  private final int bands;
  private final boolean isPlain;
  private final float scale;
  private final int[] samples;

  PixelRows(BufferedImage image) {
    this.image = image;
    this.raster = image.getRaster();
    this.bands = raster.getNumBands();
    this.isPlain = isPlain(image.getColorModel());
    this.scale = MAX / ((1L << image.getColorModel().getComponentSize(0)) - 1);
    this.samples = new int[image.getWidth() * (isPlain ? bands : 1)];
  }

  /** Whether samples are grey, or red, green and blue; with or without transparency. */
  private static boolean isPlain(ColorModel colors) {
    int type = colors.getColorSpace().getType();
    int used = type == ColorSpace.TYPE_GRAY ? 1 : CHANNELS;
    int transfer = colors.getTransferType();
    return colors instanceof ComponentColorModel
        && (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB)
        && colors.getNumColorComponents() == used
        && (transfer == DataBuffer.TYPE_BYTE || transfer == DataBuffer.TYPE_USHORT);
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /**
   * Reads a row.
   *
   * @param into gets three values for each pixel
   */
  void read(int y, float[] into) {
    if (isPlain) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width(), 1, samples);
      copySamples(into);
    } else {
      image.getRGB(0, y, width(), 1, samples, 0, width());
      copyColors(into);
    }
  }

  private void copySamples(float[] into) {
    int green = bands < CHANNELS ? 0 : 1;
    int blue = bands < CHANNELS ? 0 : 2;
    for (int x = 0; x < width(); x++) {
      into[x * CHANNELS] = samples[x * bands] * scale;
      into[x * CHANNELS + 1] = samples[x * bands + green] * scale;
      into[x * CHANNELS + 2] = samples[x * bands + blue] * scale;
    }
  }

  private void copyColors(float[] into) {
    for (int x = 0; x < width(); x++) {
      into[x * CHANNELS] = samples[x] >> 16 & 0xFF;
      into[x * CHANNELS + 1] = samples[x] >> 8 & 0xFF;
      into[x * CHANNELS + 2] = samples[x] & 0xFF;
    }
  }
}
