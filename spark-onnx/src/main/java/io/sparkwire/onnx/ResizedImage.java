package io.sparkwire.onnx;

import java.util.Arrays;

/**
 * Resizes an image: to a height and width by themselves, or in proportion and then cut to them.
 *
 * <p>Rows of the image are read one by one, each once, and added to the rows of the result that
 * need them. Immutable. Runs on: task thread. Thread-safe.
 *
 * @param height of the result
 * @param width of the result
 * @param isCropped whether proportions are kept, and what is too much cut off on both sides
 */
record ResizedImage(int height, int width, boolean isCropped) implements java.io.Serializable {

  private static final int CHANNELS = PixelRows.CHANNELS;

  /** Red, green and blue from 0 to 255 of each pixel, row by row. */
  float[] of(PixelRows image) {
    boolean isTall = (long) image.width() * height <= (long) image.height() * width;
    int wide = isCropped && !isTall ? scaled(image.width(), height, image.height(), width) : width;
    int high = isCropped && isTall ? scaled(image.height(), width, image.width(), height) : height;
    Resampling columns = new Resampling(image.width(), wide, cutOff(wide, width), width);
    Resampling rows = new Resampling(image.height(), high, cutOff(high, height), height);
    return resampled(image, columns, rows);
  }

  /** The longer side in proportion; its fraction is dropped, as torchvision does. */
  private static int scaled(int longer, int scaledShorter, int shorter, int least) {
    return Math.max(least, (int) ((long) longer * scaledShorter / shorter));
  }

  /** What is cut off before the first pixel; of a half, as torchvision does, to the even number. */
  private static int cutOff(int scaled, int wanted) {
    return (int) Math.rint((scaled - wanted) / 2.0);
  }

  private float[] resampled(PixelRows image, Resampling columns, Resampling rows) {
    float[] result = new float[height * width * CHANNELS];
    float[] row = new float[image.width() * CHANNELS];
    float[] narrow = new float[width * CHANNELS];
    int begun = 0; // rows of the result before it are complete
    for (int y = rows.first(0); y < rows.end(height - 1); y++) {
      image.read(y, row);
      resample(row, columns, narrow);
      while (rows.end(begun) <= y) {
        begun++;
      }
      for (int to = begun; to < height && rows.first(to) <= y; to++) {
        add(narrow, rows.weight(to, y), result, to * narrow.length);
      }
    }
    return result;
  }

  private static void resample(float[] row, Resampling columns, float[] into) {
    Arrays.fill(into, 0);
    for (int x = 0; x < columns.size(); x++) {
      for (int from = columns.first(x); from < columns.end(x); from++) {
        float weight = columns.weight(x, from);
        for (int channel = 0; channel < CHANNELS; channel++) {
          into[x * CHANNELS + channel] += weight * row[from * CHANNELS + channel];
        }
      }
    }
  }

  private static void add(float[] row, float weight, float[] into, int offset) {
    for (int i = 0; i < row.length; i++) {
      into[offset + i] += weight * row[i];
    }
  }
}
