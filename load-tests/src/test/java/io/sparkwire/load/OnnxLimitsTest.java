package io.sparkwire.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.load.client.Latencies;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestant.Standing;
import io.sparkwire.load.server.Launch;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxLimitsTest {
  private static final OnnxLimits LIMITS = new OnnxLimits(2);

  @Test
  void theBetterBareServerOfALoadIsTheLimit() {
    OnnxSeries loop = series("bare-loop", Standing.LIMIT, 100, 300, 100);
    OnnxSeries workers = series("bare-workers", Standing.LIMIT, 110, 110, 110);

    assertThat(result(16, loop, workers).bare()).contains(workers);
    assertThat(result(16, workers, loop).bare()).contains(workers);
    assertThat(result(0, loop, workers).bare()).contains(workers);
    assertThat(result(16).bare()).isEmpty();
  }

  @Test
  void eachLoadHasItsLimits() {
    assertThat(lines(result(1, all()), result(16, all()), result(0, all())))
        .containsExactly(
            "ok      1 connection, sparkwire-single : bare, requests/s: 0.90 (0.90-0.90), at least 0.90",
            "ok      1 connection, sparkwire : mlserver, requests/s: 2.00 (2.00-2.00), at least 2.00",
            "ok      16 connections, sparkwire-single : bare, requests/s: 0.90 (0.90-0.90), at least 0.90",
            "ok      16 connections, sparkwire : bare, requests/s: 1.00 (1.00-1.00), at least 1.00",
            "ok      16 connections, sparkwire : mlserver, requests/s: 2.00 (2.00-2.00), at least 2.00",
            "ok      sequential, sparkwire-single : bare, p50: 1.11 (1.11-1.11), at most 1.15",
            "ok      sequential, sparkwire : bare, p50: 1.00 (1.00-1.00), at most 1.15");
  }

  @Test
  void theMedianOfTheRoundsDecides() {
    OnnxSeries bare = series("bare", Standing.LIMIT, 100, 100, 100);

    assertThat(lines(result(1, bare, series("sparkwire-single", Standing.SPARKWIRE, 10, 91, 95))))
        .containsExactly(
            "ok      1 connection, sparkwire-single : bare, requests/s: 0.91 (0.10-0.95), at least 0.90");
    assertThat(lines(result(1, bare, series("sparkwire-single", Standing.SPARKWIRE, 10, 89, 200))))
        .containsExactly(
            "MISSED  1 connection, sparkwire-single : bare, requests/s: 0.89 (0.10-2.00), at least 0.90");
    assertThat(lines(result(0, bare, series("sparkwire", Standing.SPARKWIRE, 86, 86, 87))))
        .containsExactly(
            "MISSED  sequential, sparkwire : bare, p50: 1.16 (1.15-1.16), at most 1.15");
  }

  @Test
  void aLimitBesideWhatHasNoFigureIsMissed() {
    OnnxSeries own = series("sparkwire", Standing.SPARKWIRE, 100);

    assertThat(lines(result(1, own, series("mlserver", Standing.PEER, 0))))
        .containsExactly(
            "MISSED  1 connection, sparkwire : mlserver, requests/s: -, at least 2.00");
  }

  @Test
  void theTableNamesTheBareServerAndHasALineForEach() {
    assertThat(result(16, all()).markdown())
        .startsWith("**16 connections**, bare: bare\n")
        .contains(
            "| sparkwire-single |         90 | 0.90 (0.90-0.90) | 1.80 (1.80-1.80) |  11.11 |")
        .contains("| mlserver         |");
  }

  private static OnnxSeries[] all() {
    return new OnnxSeries[] {
      series("sparkwire-single", Standing.SPARKWIRE, 90),
      series("sparkwire", Standing.SPARKWIRE, 100),
      series("bare", Standing.LIMIT, 100),
      series("mlserver", Standing.PEER, 50)
    };
  }

  private static List<String> lines(OnnxResult... results) {
    return LIMITS.checks(List.of(results)).stream().map(OnnxLimits.Check::line).toList();
  }

  private static OnnxResult result(int connections, OnnxSeries... series) {
    return new OnnxResult(new OnnxLoad(connections), List.of(series));
  }

  /** So many replies in each round's second, one after the other. */
  private static OnnxSeries series(String name, Standing standing, int... replies) {
    Target target = Target.at(1, "/", Workload.ECHO);
    OnnxSeries series =
        new OnnxSeries(new Contestant(name, standing, target, Launch.of(List.of())));
    for (int count : replies) {
      double micros = count == 0 ? 0 : 1_000_000.0 / count;
      Latencies latencies = new Latencies(micros, micros, micros, micros, micros);
      series.rounds().add(new RunReport(count, 1, 0, 0, 0, latencies, ""));
    }
    return series;
  }
}
