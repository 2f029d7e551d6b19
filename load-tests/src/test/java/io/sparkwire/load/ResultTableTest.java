package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.Latencies;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  @Test
  void eachContestantHasItsMediansAndItsRatiosToTheBareServer() {
    Series json = series("bare-json", List.of(90_000.0, 80_000.0), List.of(40.0, 40.0));
    Series handoff = series("bare-handoff", List.of(70_000.0, 70_000.0), List.of(50.0, 80.0));
    Series echo = series("echo-micro", List.of(45_000.0, 60_000.0), List.of(75.0, 80.0));

    assertThat(new ResultTable(List.of(json, handoff, echo)).markdown())
        .isEqualTo(
            """
            | contestant   | requests/s |      x bare-json | p50 µs |   x bare-handoff | p99 µs |   x bare-handoff |
            | ------------ | ---------: | ---------------: | -----: | ---------------: | -----: | ---------------: |
            | bare-json    |     85,000 | 1.00 (1.00-1.00) |   40.0 | 0.65 (0.50-0.80) |   80.0 | 0.65 (0.50-0.80) |
            | bare-handoff |     70,000 | 0.83 (0.78-0.88) |   65.0 | 1.00 (1.00-1.00) |  130.0 | 1.00 (1.00-1.00) |
            | echo-micro   |     52,500 | 0.63 (0.50-0.75) |   77.5 | 1.25 (1.00-1.50) |  155.0 | 1.25 (1.00-1.50) |
            """);
  }

  @Test
  void withoutTheBareServerThereAreNoRatios() {
    Series echo = series("echo-micro", List.of(45_000.0), List.of(75.0));

    assertThat(new ResultTable(List.of(echo)).markdown())
        .endsWith(
            "| echo-micro |     45,000 |           - |   75.0 |              - |  150.0 |              - |\n");
  }

  private static Series series(String name, List<Double> rates, List<Double> p50s) {
    Series series = new Series(name, Contestant.Standing.SPARKWIRE);
    rates.forEach(rate -> series.throughput().add(report(rate, 0)));
    p50s.forEach(p50 -> series.latency().add(report(1, p50)));
    return series;
  }

  private static RunReport report(double rate, double p50) {
    Latencies latencies = new Latencies(p50, p50, 2 * p50, p50, p50);
    return new RunReport(Math.round(rate), 1.0, 0, 0, 0, latencies, "");
  }
}
