package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The order in which the servers of a network take turns.
 *
 * <p>Before the first round each is driven once under each load. In each round, load by load, all
 * are measured one after the other, so that what is compared was measured close together. Each
 * round begins with another contestant, so that none is always first. Not thread-safe.
 */
final class OnnxRounds {
  private final Meter meter;
  private final List<OnnxResult> results = new ArrayList<>();

  OnnxRounds(List<Contestant> contestants, List<OnnxLoad> loads, Meter meter) {
    this.meter = meter;
    for (OnnxLoad load : loads) {
      results.add(new OnnxResult(load, contestants.stream().map(OnnxSeries::new).toList()));
    }
  }

  /** Runs so many rounds and gives the results in the order of the loads. */
  List<OnnxResult> run(int rounds) throws IOException, InterruptedException {
    for (OnnxResult result : results) {
      for (OnnxSeries series : result.series()) {
        series.warmUp().add(measure("warm-up", result.load(), series));
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (OnnxResult result : results) {
        List<OnnxSeries> order = new ArrayList<>(result.series());
        Collections.rotate(order, -round);
        for (OnnxSeries series : order) {
          series.rounds().add(measure("round " + (round + 1), result.load(), series));
        }
      }
    }
    return results;
  }

  private RunReport measure(String what, OnnxLoad load, OnnxSeries series)
      throws IOException, InterruptedException {
    RunReport report = load.measure(meter, series.contestant());
    System.out.printf("%-8s  %-14s  %-16s  %s%n", what, load, series.name(), report.line());
    return report;
  }
}
