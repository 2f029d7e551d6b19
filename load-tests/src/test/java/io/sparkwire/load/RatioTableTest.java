package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.Latencies;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatioTableTest {
  private final RatioTable table = new RatioTable();

  @TempDir private Path directory;

  @Test
  void sparkwireIsComparedWithAllOthers() {
    table.add(
        List.of(
            series("bare-json", Standing.LIMIT, 100, 40),
            series("lr-micro", Standing.SPARKWIRE, 60, 80),
            series("naive-lr", Standing.PEER, 0.1, 8_000)));

    assertThat(table.markdown())
        .isEqualTo(
            """
            | Sparkwire : other    |       requests/s |                    p50 |                    p99 |
            | -------------------- | ---------------: | ---------------------: | ---------------------: |
            | lr-micro : bare-json | 0.60 (0.60-0.60) |       2.00 (2.00-2.00) |       2.00 (2.00-2.00) |
            | lr-micro : naive-lr  |    600 (600-600) | 0.0100 (0.0100-0.0100) | 0.0100 (0.0100-0.0100) |
            """);
  }

  @Test
  void anEarlierBuildIsComparedWithItsOwnServiceOnly() {
    table.add(
        List.of(
            series("echo-micro", Standing.SPARKWIRE, 60, 80),
            series("lr-micro", Standing.SPARKWIRE, 30, 90),
            series("echo-micro-before", Standing.EARLIER, 50, 100)));

    assertThat(table.lines())
        .extracting(RatioTable.Line::name)
        .containsExactly("echo-micro : echo-micro-before");
  }

  @Test
  void aPeerThatFailedInEveryRoundHasNoRatio() {
    Series dead = new Series("synapseml-lr", Standing.PEER);
    dead.throughput().add(RunReport.failed("its server has ended"));
    dead.latency().add(RunReport.failed("its server has ended"));
    table.add(List.of(series("lr-micro", Standing.SPARKWIRE, 60, 80), dead));

    assertThat(table.markdown()).contains("| lr-micro : synapseml-lr |          - |   - |   - |");
    assertThat(dead.isSound()).isTrue();
  }

  @Test
  void thePictureHasARowForEachPair() throws Exception {
    table.add(
        List.of(
            series("bare-json", Standing.LIMIT, 100, 40),
            series("lr-micro", Standing.SPARKWIRE, 60, 80)));
    Path picture = directory.resolve("ratios.png");
    new RatioPlot(table.lines()).write(picture);

    assertThat(Files.size(picture)).isPositive();
  }

  private static Series series(String name, Standing standing, double rate, double p50) {
    Series series = new Series(name, standing);
    Latencies latencies = new Latencies(p50, p50, p50, p50, p50);
    RunReport report = new RunReport(Math.round(10 * rate), 10, 0, 0, 0, latencies, "");
    series.throughput().add(report);
    series.latency().add(report);
    return series;
  }
}
