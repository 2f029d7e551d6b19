package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.Latencies;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchmarkReportTest {
  private static final Latencies LATENCIES = new Latencies(1, 1, 1, 1, 1);
  private static final RunReport RIGHT = new RunReport(10, 1, 0, 0, 0, LATENCIES, "");
  private static final RunReport REFUSED =
      new RunReport(10, 1, 0, 0, 5, LATENCIES, "status 503: full");

  private final Series series = new Series("echo-micro", Contestant.Standing.SPARKWIRE);

  @Test
  void saysHowWasMeasuredBelowTheTable() {
    series.throughput().add(RIGHT);
    series.latency().add(RIGHT);

    assertThat(new BenchmarkReport(List.of(series), 0.5, 1.25).markdown("1 round"))
        .startsWith("| contestant")
        .contains("- 1 round\n", "before the start: 0.50\n", "used 1.3 % of one core")
        .doesNotContain("FLAWED");
  }

  @Test
  void aRunInWhichARequestWasRefusedIsNamedEvenFromTheWarmUp() {
    series.warmUp().add(REFUSED);
    series.throughput().add(RIGHT);
    series.latency().add(RIGHT);

    assertThat(series.flawed()).containsExactly(REFUSED);
    assertThat(new BenchmarkReport(List.of(series), 0, 0).markdown("1 round"))
        .contains("- FLAWED: echo-micro: right=10")
        .contains("first-fault=status 503: full");
  }
}
