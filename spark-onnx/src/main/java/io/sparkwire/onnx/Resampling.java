package io.sparkwire.onnx;

/**
 * How the samples along one side of an image become fewer or more, by bilinear interpolation.
 *
 * <p>Where they become fewer, each new one is a weighted mean of all that it stands for, as in
 * Pillow's {@code BILINEAR}, which torchvision and Hugging Face's processors use: the triangle is
 * as wide as a new sample on either side. Where they become more, it is a mean of the two nearest.
 * Beyond an edge there is nothing, so the weights of what is there are raised. Immutable.
 */
final class Resampling {

  private final int[] first;
  private final float[][] weights;

  /**
   * @param from samples there are
   * @param scaled samples that they become
   * @param offset of the first of those that are wanted
   * @param wanted how many of them are wanted
   */
  Resampling(int from, int scaled, int offset, int wanted) {
    first = new int[wanted];
    weights = new float[wanted][];
    double step = (double) from / scaled;
    for (int i = 0; i < wanted; i++) {
      set(i, (offset + i + 0.5) * step, Math.max(1, step), from);
    }
  }

  private void set(int i, double center, double reach, int from) {
    int begin = Math.max(0, (int) (center - reach + 0.5));
    int end = Math.min(from, (int) (center + reach + 0.5));
    first[i] = begin;
    weights[i] = new float[end - begin];
    double sum = 0;
    for (int at = begin; at < end; at++) {
      sum += weight(at, center, reach);
    }
    for (int at = begin; at < end; at++) {
      weights[i][at - begin] = (float) (weight(at, center, reach) / sum);
    }
  }

  private static double weight(int at, double center, double reach) {
    return Math.max(0, 1 - Math.abs(at + 0.5 - center) / reach);
  }

  int size() {
    return first.length;
  }

  /** The first old sample that a new one needs. */
  int first(int i) {
    return first[i];
  }

  /** After the last old sample that a new one needs. */
  int end(int i) {
    return first[i] + weights[i].length;
  }

  /** How much of an old sample there is in a new one that needs it. */
  float weight(int i, int old) {
    return weights[i][old - first[i]];
  }
}
