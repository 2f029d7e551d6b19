package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.Pinning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GrowthRoundsTest {
  private final Contestants contestants =
      new Contestants(Path.of("none"), Path.of("none"), FreePort::any);
  private final Contestant first = contestants.bareJson("first");
  private final Contestant second = contestants.bareJson("second");

  @TempDir private Path directory;

  @Test
  void turnsGoUpwardsAndThenDownwards() {
    assertThat(GrowthRounds.order(3, 0)).containsExactly(0, 1, 2);
    assertThat(GrowthRounds.order(3, 1)).containsExactly(2, 1, 0);
    assertThat(GrowthRounds.order(3, 2)).containsExactly(0, 1, 2);
  }

  @Test
  void allServersStayUpUnlessAPointMustBeAlone() throws Exception {
    try (Fleet fleet = fleet()) {
      Dimension dimension = servers(Figure.RATE, Figure.P50, Figure.HEAP, Figure.IDLE_CPU);
      Growth growth = new GrowthRounds(dimension, fleet, meter(fleet)).run(2);

      assertThat(fleet.contestants()).containsExactly(first, second);
      assertThat(growth.isSound()).isTrue();
      assertThat(growth.ratios(Figure.RATE))
          .hasSize(2)
          .allSatisfy(ratios -> assertThat(ratios.median()).isPositive());
    }
  }

  @Test
  void serversOfOtherPointsEndWhereAPointMustBeAlone() throws Exception {
    try (Fleet fleet = fleet()) {
      new GrowthRounds(servers(Figure.RATE).oneAtATime(), fleet, meter(fleet)).run(2);

      assertThat(fleet.contestants()).containsExactly(first);
      assertThat(ProcessHandle.of(fleet.pid(first))).isPresent();
    }
  }

  private Dimension servers(Figure figure, Figure... more) {
    return Dimension.of(
        "servers",
        "Servers that run",
        List.of(
            GrowthPoint.of("1", first), GrowthPoint.of("2", first).with(List.of(first, second))),
        figure,
        more);
  }

  private Fleet fleet() {
    return new Fleet("32m", directory);
  }

  private PointMeter meter(Fleet fleet) {
    return new PointMeter(
        fleet, new ClientProcess(Pinning.off(), directory), Duration.ofMillis(200));
  }
}
