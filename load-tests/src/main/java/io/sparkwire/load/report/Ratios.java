package io.sparkwire.load.report;

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
public record Ratios(double median, double min, double max) {
  private static final double MANY = 20;
  private static final double FEW = 0.05;
  private static final Ratios NONE = new Ratios(Double.NaN, Double.NaN, Double.NaN);

  /**
   * Divides round by round, and leaves out the rounds in which one of both has no figure, which is
   * 0.
   *
   * @throws IllegalArgumentException if the two have not the same number of rounds, or none
   */
  public static Ratios perRound(List<Double> own, List<Double> baseline) {
    if (own.size() != baseline.size()) {
      throw new IllegalArgumentException(
          "Ratios need the same rounds on both sides; got %d and %d"
              .formatted(own.size(), baseline.size()));
    }
    List<Double> ratios =
        IntStream.range(0, own.size())
            .filter(i -> own.get(i) > 0 && baseline.get(i) > 0)
            .mapToObj(i -> own.get(i) / baseline.get(i))
            .sorted()
            .toList();
    if (ratios.isEmpty() && !own.isEmpty()) {
      return NONE;
    }
    return new Ratios(median(ratios), ratios.get(0), ratios.get(ratios.size() - 1));
  }

  /**
   * The middle value, or the mean of the two middle ones.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static double median(List<Double> values) {
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
    if (Double.isNaN(median)) {
      return "-";
    }
    String figure = median > MANY ? "%.0f" : median < FEW ? "%.4f" : "%.2f";
    String format = figure + " (" + figure + "-" + figure + ")";
    return String.format(Locale.ROOT, format, median, min, max);
  }
}
