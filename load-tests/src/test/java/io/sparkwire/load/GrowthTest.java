package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.Latencies;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Launch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthTest {
  private static final Latencies LATENCIES = new Latencies(1, 1, 1, 1, 1);
  private static final RunReport RIGHT = new RunReport(10, 1, 0, 0, 0, LATENCIES, "");
  private static final RunReport WRONG = new RunReport(9, 1, 1, 0, 0, LATENCIES, "got another");

  private final Contestant server =
      new Contestant(
          "echo",
          Contestant.Standing.SPARKWIRE,
          Target.at(1, "/", Workload.ECHO),
          Launch.of(List.of()));
  private final Growth growth =
      new Growth(
          Dimension.of(
              "size",
              "How large",
              List.of(GrowthPoint.of("small", server), GrowthPoint.of("large", server)),
              Figure.RATE,
              Figure.BYTES));

  @TempDir private Path directory;

  @Test
  void eachPointIsComparedWithTheFirstOneOfItsRound() {
    measureTwoRounds();

    assertThat(growth.markdown())
        .isEqualTo(
            """
            ### How large

            | size  | requests/s |          x first | bytes/request |
            | ----- | ---------: | ---------------: | ------------: |
            | small |      1,500 | 1.00 (1.00-1.00) |           500 |
            | large |        500 | 0.38 (0.25-0.50) |         9,500 |

            """);
    assertThat(growth.isSound()).isTrue();
  }

  @Test
  void aWrongReplyIsNamedAndSpoilsTheRun() {
    measureTwoRounds();
    growth.add(1, new Reading(Map.of(Figure.RATE, 1.0, Figure.BYTES, 1.0), List.of(RIGHT, WRONG)));
    growth.add(0, new Reading(Map.of(Figure.RATE, 1.0, Figure.BYTES, 1.0), List.of(RIGHT)));

    assertThat(growth.isSound()).isFalse();
    assertThat(growth.markdown()).contains("- FLAWED: right=9", "first-fault=got another");
  }

  @Test
  void aWrongReplyInTheWarmUpSpoilsTheRunToo() {
    growth.addWarmUp(WRONG);

    assertThat(growth.isSound()).isFalse();
  }

  @Test
  void thePictureHasAPanelForEachDimension() throws Exception {
    measureTwoRounds();
    Path one = directory.resolve("one.png");
    Path two = directory.resolve("two.png");
    new GrowthPlot(List.of(growth)).write(one);
    new GrowthPlot(List.of(growth, growth)).write(two);

    assertThat(Files.size(two)).isGreaterThan(Files.size(one));
  }

  @Test
  void theScaleOfThePictureHoldsAllRatios() {
    assertThat(GrowthPlot.decades(List.of(new Ratios(1, 1, 1)))).containsExactly(0, 1);
    assertThat(GrowthPlot.decades(List.of(new Ratios(1, 1, 1), new Ratios(0.5, 0.02, 30))))
        .containsExactly(-2, 2);
  }

  private void measureTwoRounds() {
    add(0, 1_000, 500);
    add(1, 500, 9_000);
    add(0, 2_000, 500);
    add(1, 500, 10_000);
  }

  private void add(int point, double rate, double bytes) {
    growth.add(point, new Reading(Map.of(Figure.RATE, rate, Figure.BYTES, bytes), List.of(RIGHT)));
  }
}
