package io.sparkwire.load;

import static io.sparkwire.load.server.OnnxContestants.MLSERVER;
import static io.sparkwire.load.server.OnnxContestants.SPARKWIRE;
import static io.sparkwire.load.server.OnnxContestants.SPARKWIRE_SINGLE;

import io.sparkwire.load.report.Ratios;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Sparkwire must reach beside the others, in the median of the ratios of each round.
 *
 * <p>A limit holds for contestants that took part; one without any figure is missed.
 *
 * @param leastMlserver how many times MLServer's requests per second
 */
record OnnxLimits(double leastMlserver) {
  private static final double LEAST_SINGLE = 0.9;
  private static final double LEAST_BATCHED = 1;
  private static final double MOST_LATENCY = 1.15;

  /** A limit, and what was measured. */
  record Check(String what, Ratios ratios, boolean isLeast, double limit) {
    boolean holds() {
      return isLeast ? ratios.median() >= limit : ratios.median() <= limit;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "%-6s  %s: %s, at %s %.2f",
          holds() ? "ok" : "MISSED",
          what,
          ratios,
          isLeast ? "least" : "most",
          limit);
    }
  }

  /** All that can be told from these results. */
  List<Check> checks(List<OnnxResult> results) {
    int most = results.stream().mapToInt(each -> each.load().connections()).max().orElseThrow();
    List<Check> checks = new ArrayList<>();
    for (OnnxResult result : results) {
      if (result.load().isSequential()) {
        latency(SPARKWIRE_SINGLE, result).ifPresent(checks::add);
        latency(SPARKWIRE, result).ifPresent(checks::add);
        continue;
      }
      throughput(SPARKWIRE_SINGLE, result, result.bare(), LEAST_SINGLE).ifPresent(checks::add);
      if (result.load().connections() == most) {
        throughput(SPARKWIRE, result, result.bare(), LEAST_BATCHED).ifPresent(checks::add);
      }
      throughput(SPARKWIRE, result, result.named(MLSERVER), leastMlserver).ifPresent(checks::add);
    }
    return checks;
  }

  private static Optional<Check> throughput(
      String own, OnnxResult result, Optional<OnnxSeries> other, double least) {
    return check("requests/s", own, result, other, OnnxSeries::requestsPerSecond)
        .map(what -> new Check(what.text, what.ratios, true, least));
  }

  private static Optional<Check> latency(String own, OnnxResult result) {
    return check("p50", own, result, result.bare(), OnnxSeries::p50)
        .map(what -> new Check(what.text, what.ratios, false, MOST_LATENCY));
  }

  private static Optional<Compared> check(
      String figure,
      String own,
      OnnxResult result,
      Optional<OnnxSeries> other,
      Function<OnnxSeries, List<Double>> values) {
    return result
        .named(own)
        .flatMap(
            series ->
                other.map(
                    baseline ->
                        new Compared(
                            "%s, %s : %s, %s"
                                .formatted(result.load(), own, baseline.name(), figure),
                            Ratios.perRound(values.apply(series), values.apply(baseline)))));
  }

  private record Compared(String text, Ratios ratios) {}
}
