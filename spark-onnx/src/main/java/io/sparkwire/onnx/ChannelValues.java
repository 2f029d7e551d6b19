package io.sparkwire.onnx;

import java.io.Serializable;

/**
 * Turns red, green and blue from 0 to 255 into a network's numbers, in its order.
 *
 * <p>A number is {@code (value * factor) + shift} of its channel. Immutable. Thread-safe.
 */
final class ChannelValues implements Serializable {

  private static final long serialVersionUID = 1;
  private static final int CHANNELS = PixelRows.CHANNELS;

  private final boolean isReversed;
  private final boolean isByChannel;
  private final float[] factor = new float[CHANNELS];
  private final float[] shift = new float[CHANNELS];

  /**
   * @param isReversed whether blue is first
   * @param isByChannel whether all of a channel is together, or else all of a pixel
   * @param mean of each channel of the result
   * @param std of each channel of the result
   */
  ChannelValues(
      boolean isReversed, boolean isByChannel, double scale, double[] mean, double[] std) {
    this.isReversed = isReversed;
    this.isByChannel = isByChannel;
    for (int i = 0; i < CHANNELS; i++) {
      factor[i] = (float) (scale / std[i]);
      shift[i] = (float) (-mean[i] / std[i]);
    }
  }

  float[] of(float[] pixels) {
    float[] values = new float[pixels.length];
    int size = pixels.length / CHANNELS;
    for (int i = 0; i < size; i++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        int color = isReversed ? CHANNELS - 1 - channel : channel;
        int to = isByChannel ? channel * size + i : i * CHANNELS + channel;
        values[to] = pixels[i * CHANNELS + color] * factor[channel] + shift[channel];
      }
    }
    return values;
  }
}
