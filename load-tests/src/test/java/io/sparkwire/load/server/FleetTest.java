package io.sparkwire.load.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetTest {
  @TempDir private Path directory;

  @Test
  void aServerAnswersOnceItIsStartedAndEndsWithTheFleet() throws Exception {
    Contestant bare =
        new Contestants(Path.of("none"), Path.of("none"), FreePort::any)
            .select(List.of("bare-handoff"), List.of())
            .get(0);
    long pid;
    try (Fleet fleet = new Fleet("32m", directory)) {
      fleet.start(bare);
      pid = fleet.pid(bare);

      assertThat(ProcessHandle.of(pid)).isPresent();
      assertThat(fleet.cpuTimeOfOthers(bare)).isZero();
    }
    assertThat(ProcessHandle.of(pid)).isEmpty();
  }

  @Test
  void aServerMayEndBeforeTheFleet() throws Exception {
    Contestant bare =
        new Contestants(Path.of("none"), Path.of("none"), FreePort::any).bareJson("bare");
    try (Fleet fleet = new Fleet("32m", directory)) {
      fleet.start(bare);
      long pid = fleet.pid(bare);
      fleet.end(bare);

      assertThat(ProcessHandle.of(pid)).isEmpty();
      assertThat(fleet.contestants()).isEmpty();
    }
  }

  @Test
  void aServerThatEndsInsteadOfAnsweringIsReportedWithItsLog() throws Exception {
    List<String> serving = List.of("-cp", JavaCommand.classPath(), "io.sparkwire.load.Nowhere");
    Contestant broken = broken(Launch.of(serving));
    try (Fleet fleet = new Fleet("32m", directory)) {
      assertThatThrownBy(() -> fleet.start(broken))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("broken: its server has ended")
          .hasMessageContaining("ClassNotFoundException");
    }
  }

  @Test
  void aPreparationThatFailsStopsTheStart() throws Exception {
    List<String> nowhere = List.of("-jar", "nowhere.jar");
    Contestant broken = broken(Launch.of(nowhere).after(nowhere));
    try (Fleet fleet = new Fleet("32m", directory)) {
      assertThatThrownBy(() -> fleet.start(broken))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("preparation ended with exit code 1");
    }
  }

  @Test
  void aServerThatWasKilledSaysSoAndCanBeRevived() throws Exception {
    Contestant bare =
        new Contestants(Path.of("none"), Path.of("none"), FreePort::any)
            .select(List.of("bare-json"), List.of())
            .get(0);
    try (Fleet fleet = new Fleet("32m", directory)) {
      fleet.start(bare);
      long first = fleet.pid(bare);
      assertThat(fleet.exitReport(bare, Duration.ZERO)).isEmpty();
      fleet.kill(bare);

      assertThat(fleet.exitReport(bare, Duration.ZERO))
          .startsWith("Ended with exit code 137, saying: Listening on");
      fleet.revive(bare);
      assertThat(fleet.pid(bare)).isNotEqualTo(first);
      assertThat(fleet.exitReport(bare, Duration.ZERO)).isEmpty();
    }
  }

  private static Contestant broken(Launch launch) {
    Target nowhere = Target.at(1, "/", Workload.ECHO);
    return new Contestant("broken", Contestant.Standing.SPARKWIRE, nowhere, launch);
  }
}
