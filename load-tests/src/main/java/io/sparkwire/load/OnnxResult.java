package io.sparkwire.load;

import static java.util.Comparator.comparingDouble;

import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.OnnxContestants;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What was measured under one load: a series for each contestant.
 *
 * <p>They are compared with the better of the bare servers: the one with more requests per second,
 * or for one caller with the lower latency, in the median of all rounds.
 */
record OnnxResult(OnnxLoad load, List<OnnxSeries> series) {
  private static final List<String> TITLES =
      List.of(
          "contestant",
          "requests/s",
          "x bare",
          "x mlserver",
          "p50 ms",
          "x bare",
          "p99 ms",
          "x bare");
  private static final String MISSING = "-";
  private static final double MICROS_PER_MILLI = 1_000;

  Optional<OnnxSeries> named(String name) {
    return series.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The better one, if any took part. */
  Optional<OnnxSeries> bare() {
    return series.stream()
        .filter(each -> each.contestant().standing() == Contestant.Standing.LIMIT)
        .min(
            load.isSequential()
                ? comparingDouble(each -> Ratios.median(each.p50()))
                : comparingDouble(each -> -Ratios.median(each.requestsPerSecond())));
  }

  /** A table with a line for each contestant. */
  String markdown() {
    List<List<String>> rows = series.stream().map(this::cells).toList();
    String against = bare().map(bare -> ", bare: " + bare.name()).orElse("");
    return "**%s**%s%n%n%s".formatted(load, against, new MarkdownTable(TITLES, rows).text());
  }

  private List<String> cells(OnnxSeries own) {
    Optional<OnnxSeries> mlserver = named(OnnxContestants.MLSERVER);
    return List.of(
        own.name(),
        figure("%,.0f", own.requestsPerSecond(), 1),
        ratio(own, bare(), OnnxSeries::requestsPerSecond),
        ratio(own, mlserver, OnnxSeries::requestsPerSecond),
        figure("%,.2f", own.p50(), MICROS_PER_MILLI),
        ratio(own, bare(), OnnxSeries::p50),
        figure("%,.2f", own.p99(), MICROS_PER_MILLI),
        ratio(own, bare(), OnnxSeries::p99));
  }

  private static String ratio(
      OnnxSeries own, Optional<OnnxSeries> other, Function<OnnxSeries, List<Double>> figures) {
    return other
        .map(baseline -> Ratios.perRound(figures.apply(own), figures.apply(baseline)).toString())
        .orElse(MISSING);
  }

  private static String figure(String format, List<Double> rounds, double unit) {
    List<Double> measured = rounds.stream().filter(figure -> figure > 0).toList();
    return measured.isEmpty()
        ? MISSING
        : String.format(Locale.ROOT, format, Ratios.median(measured) / unit);
  }
}
