package io.sparkwire.load;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * How one contestant compares with another over all rounds: the middle and both ends of the ratios
 * of each round.
 *
 * <p>Dividing within a round and not between the medians takes out what made the whole round slow
 * or fast.
 */
record Ratios(double median, double min, double max) {
  /**
   * Divides round by round.
   *
   * @throws IllegalArgumentException if the two have not the same number of rounds, or none
   */
  static Ratios perRound(List<Double> own, List<Double> baseline) {
    if (own.size() != baseline.size()) {
      throw new IllegalArgumentException(
          "Ratios need the same rounds on both sides; got %d and %d"
              .formatted(own.size(), baseline.size()));
    }
    List<Double> ratios =
        IntStream.range(0, own.size())
            .mapToObj(i -> own.get(i) / baseline.get(i))
            .sorted()
            .toList();
    return new Ratios(median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
  }

  /**
   * The middle value, or the mean of the two middle ones.
   *
   * @throws IllegalArgumentException if there is no value
   */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("A median needs at least one value");
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", median, min, max);
  }
}
