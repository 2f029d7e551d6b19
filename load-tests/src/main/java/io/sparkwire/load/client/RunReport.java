package io.sparkwire.load.client;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one run of a client found.
 *
 * <p>Its line of {@code key=value} pairs is for the reader and for the process that started the
 * client alike.
 *
 * @param right replies with the right status, mostly 200, and their own request's value, while
 *     measuring
 * @param seconds how long was measured
 * @param wrong replies that did not carry their own request's value, warm-up included
 * @param lost requests that were sent and not answered within the time-out, warm-up included
 * @param not200 replies with another status than the right one, warm-up included
 * @param latencies of the right replies
 * @param firstFault what was amiss with the first reply that was not right; empty if all were
 */
public record RunReport(
    long right,
    double seconds,
    long wrong,
    long lost,
    long not200,
    Latencies latencies,
    String firstFault) {
  private static final String FAULT = " first-fault=";
  private static final int LONGEST_FAULT = 300;

  public RunReport {
    String oneLine = firstFault.replaceAll("\\s+", " ").strip();
    firstFault = oneLine.substring(0, Math.min(LONGEST_FAULT, oneLine.length()));
  }

  /** A run that failed, with the reason. */
  public static RunReport failed(String fault) {
    return new RunReport(0, 1, 0, 1, 0, new Latencies(0, 0, 0, 0, 0), fault);
  }

  /** Right replies per second. */
  public double requestsPerSecond() {
    return right / seconds;
  }

  /** Whether nothing was wrong or lost; the server may have refused, as long as it said so. */
  public boolean isCorrect() {
    return wrong == 0 && lost == 0;
  }

  /** Whether each request got its right reply, which a benchmark asks for. */
  public boolean isFlawless() {
    return isCorrect() && not200 == 0 && right > 0;
  }

  public String line() {
    return String.format(
            Locale.ROOT,
            "right=%d seconds=%.3f requests/s=%.0f wrong=%d lost=%d not-200=%d"
                + " p50=%.1f p90=%.1f p99=%.1f p99.9=%.1f max=%.1f",
            right,
            seconds,
            requestsPerSecond(),
            wrong,
            lost,
            not200,
            latencies.p50(),
            latencies.p90(),
            latencies.p99(),
            latencies.p999(),
            latencies.max())
        + (firstFault.isEmpty() ? "" : FAULT + firstFault);
  }

  /**
   * Reads what {@link #line()} wrote.
   *
   * @throws IllegalArgumentException if it is not such a line
   */
  public static RunReport parse(String line) {
    int fault = line.indexOf(FAULT);
    Figures figures = Figures.in(fault < 0 ? line : line.substring(0, fault));
    return new RunReport(
        (long) figures.of("right"),
        figures.of("seconds"),
        (long) figures.of("wrong"),
        (long) figures.of("lost"),
        (long) figures.of("not-200"),
        new Latencies(
            figures.of("p50"),
            figures.of("p90"),
            figures.of("p99"),
            figures.of("p99.9"),
            figures.of("max")),
        fault < 0 ? "" : line.substring(fault + FAULT.length()));
  }

  /** The {@code key=value} pairs of a line. */
  private record Figures(String line, Map<String, String> values) {
    static Figures in(String line) {
      Map<String, String> values =
          Stream.of(line.strip().split("\\s+"))
              .map(pair -> pair.split("=", 2))
              .filter(pair -> pair.length == 2)
              .collect(
                  Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> first));
      return new Figures(line, values);
    }

    double of(String key) {
      String value = values.get(key);
      if (value == null) {
        throw new IllegalArgumentException("No " + key + " in this report: " + line);
      }
      return Double.parseDouble(value);
    }
  }
}
