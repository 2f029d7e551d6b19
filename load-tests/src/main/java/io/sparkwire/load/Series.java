package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * All that was measured of one contestant: one entry per round, and the warm-up.
 *
 * <p>Of the warm-up only the flaws count. Grows while the rounds run. Not thread-safe.
 */
record Series(
    String contestant,
    Contestant.Standing standing,
    List<RunReport> warmUp,
    List<RunReport> throughput,
    List<RunReport> latency) {
  Series(String contestant, Contestant.Standing standing) {
    this(contestant, standing, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  List<Double> requestsPerSecond() {
    return each(throughput, RunReport::requestsPerSecond);
  }

  /** Median latencies of one caller, in microseconds. */
  List<Double> p50() {
    return each(latency, report -> report.latencies().p50());
  }

  /** 99th percentiles of the latency of one caller, in microseconds. */
  List<Double> p99() {
    return each(latency, report -> report.latencies().p99());
  }

  /** The runs in which not every request got its right reply. */
  List<RunReport> flawed() {
    return Stream.of(warmUp, throughput, latency)
        .flatMap(List::stream)
        .filter(report -> !report.isFlawless())
        .toList();
  }

  /**
   * Whether the benchmark is valid: no contestant gave a wrong reply, and Sparkwire and the bare
   * servers gave every right one. Any other failure of a peer is a result.
   */
  boolean isSound() {
    boolean peer = standing == Contestant.Standing.PEER;
    return flawed().stream().allMatch(report -> peer && report.wrong() == 0);
  }

  private static List<Double> each(List<RunReport> reports, ToDoubleFunction<RunReport> figure) {
    return reports.stream().mapToDouble(figure).boxed().toList();
  }
}
