package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of one contestant under one load: one entry per round, and the warm-up, of
 * which only the flaws count.
 *
 * <p>Grows while the rounds run. Not thread-safe.
 */
record OnnxSeries(Contestant contestant, List<RunReport> warmUp, List<RunReport> rounds) {
  OnnxSeries(Contestant contestant) {
    this(contestant, new ArrayList<>(), new ArrayList<>());
  }

  String name() {
    return contestant.name();
  }

  List<Double> requestsPerSecond() {
    return each(RunReport::requestsPerSecond);
  }

  /** In microseconds, as {@link #p99()}. */
  List<Double> p50() {
    return each(report -> report.latencies().p50());
  }

  List<Double> p99() {
    return each(report -> report.latencies().p99());
  }

  private List<Double> each(ToDoubleFunction<RunReport> figure) {
    return rounds.stream().mapToDouble(figure).boxed().toList();
  }

  /** As for any other benchmark. */
  Series soundness() {
    return new Series(name(), contestant.standing(), warmUp, rounds, List.of());
  }
}
