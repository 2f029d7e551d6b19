package io.sparkwire.onnx;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads images by the JDK's ImageIO, in memory, and none that is larger than allowed.
 *
 * <p>The size is read from the file's head before anything is decoded. Other formats than the four
 * are refused, even if the JDK has readers of them. Immutable. Runs on: task thread. Thread-safe.
 *
 * @param maxPixels the most pixels of an image
 */
record ImageFile(long maxPixels) {

  /** The longest side of an image, in pixels; a JPEG cannot have a longer one. */
  static final int MAX_SIDE = 65_535;

  private static final Set<String> FORMATS = Set.of("jpeg", "png", "gif", "bmp");
  private static final int MAX_REASON = 200;
  private static final String CUT_OFF = "Corrupt JPEG data: premature end";

  /**
   * The first image of a file.
   *
   * @throws IllegalArgumentException if it is none, or too large; says so in a line
   */
  BufferedImage read(byte[] file) {
    ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file));
    ImageReader reader = reader(in);
    if (reader == null) {
      throw new IllegalArgumentException(
          "the image must be JPEG, PNG, GIF or BMP, got %d bytes of something else"
              .formatted(file.length));
    }
    try {
      reader.setInput(in, true, true);
      check(reader.getWidth(0), reader.getHeight(0));
      reader.addIIOReadWarningListener(ImageFile::refuseCutOff);
      BufferedImage image = reader.read(0);
      check(image.getColorModel().getColorSpace().getType());
      return image;
    } catch (Refused e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (IOException | RuntimeException e) { // readers throw any on a broken file
      throw new IllegalArgumentException("the image cannot be decoded: " + reason(e), e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader(ImageInputStream in) {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      String[] names = reader.getOriginatingProvider().getFormatNames();
      if (FORMATS.contains(names[0].toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    return null;
  }

  private void check(int width, int height) {
    if ((long) width * height > maxPixels || Math.max(width, height) > MAX_SIDE) {
      throw new Refused(
          "the image must have at most %d pixels and no side over %d, got %d x %d"
              .formatted(maxPixels, MAX_SIDE, width, height));
    }
  }

  /** The reader of JPEG goes on with grey where a file ends early, and only warns. */
  private static void refuseCutOff(ImageReader reader, String warning) {
    if (warning.startsWith(CUT_OFF)) {
      throw new Refused("the image cannot be decoded: the file ends early");
    }
  }

  private static void check(int colors) {
    if (colors != ColorSpace.TYPE_RGB && colors != ColorSpace.TYPE_GRAY) {
      throw new Refused("the image must be in colours of red, green and blue, or in grey");
    }
  }

  private static String reason(Exception e) {
    String text = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    String line = text.isBlank() || text.equals("null") ? e.getClass().getSimpleName() : text;
    return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON);
  }

  /** An image that can be read, but is not taken. */
  private static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    Refused(String message) {
      super(message);
    }
  }
}
