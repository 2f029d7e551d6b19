package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.Pinning;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A runner of clients, each against one server of a {@link Fleet} while the others idle.
 *
 * <p>Each run is a new client process, so that all contestants meet a client in the same state. It
 * also records what the idle servers use meanwhile. Not thread-safe.
 */
final class Meter {
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final double PERCENT = 100;

  private final Fleet fleet;
  private final BenchmarkOptions options;
  private final ClientProcess client;
  private Duration idle = Duration.ZERO;
  private Duration elapsed = Duration.ZERO;

  Meter(Fleet fleet, BenchmarkOptions options, Pinning pinning, Path directory) {
    this.fleet = fleet;
    this.options = options;
    this.client = new ClientProcess(pinning, directory);
  }

  /** Ends a server, and starts it again. */
  void startAnew(Contestant contestant) throws IOException, InterruptedException {
    fleet.end(contestant);
    fleet.start(contestant);
  }

  /** Many connections, nothing pinned. */
  RunReport throughput(Contestant contestant) throws IOException, InterruptedException {
    return throughput(contestant, options.connections);
  }

  /** So many connections, nothing pinned. */
  RunReport throughput(Contestant contestant, int connections)
      throws IOException, InterruptedException {
    return run(
        contestant,
        () -> client.run(contestant.target(), options.throughputArguments(connections)));
  }

  /** One caller; server and client each on its own core. */
  RunReport latency(Contestant contestant) throws IOException, InterruptedException {
    return run(
        contestant,
        () ->
            client.pinned(fleet.pid(contestant), contestant.target(), options.latencyArguments()));
  }

  /** What the idle servers used on average, in percent of one core. */
  double idlePercent() {
    return elapsed.isZero() ? 0 : PERCENT * idle.toNanos() / elapsed.toNanos();
  }

  /** A peer that fails has a result nevertheless: that it has failed. */
  private RunReport run(Contestant contestant, Drive drive)
      throws IOException, InterruptedException {
    if (contestant.standing() != Contestant.Standing.PEER) {
      return accounted(contestant, drive);
    }
    try {
      fleet.revive(contestant);
      return orExitReport(contestant, accounted(contestant, drive));
    } catch (IOException e) {
      return orExitReport(contestant, RunReport.failed(e.getMessage()));
    }
  }

  /** A server that did not answer well may be about to end: then that is the result. */
  private RunReport orExitReport(Contestant contestant, RunReport report)
      throws IOException, InterruptedException {
    Duration timeout = report.isFlawless() ? Duration.ZERO : END_LIMIT;
    String exitReport = fleet.exitReport(contestant, timeout);
    return exitReport.isEmpty() ? report : RunReport.failed(exitReport);
  }

  private RunReport accounted(Contestant contestant, Drive drive)
      throws IOException, InterruptedException {
    Duration idleBefore = fleet.cpuTimeOfOthers(contestant);
    long startedAt = System.nanoTime();
    RunReport report = drive.run();
    elapsed = elapsed.plusNanos(System.nanoTime() - startedAt);
    Duration idleNow = fleet.cpuTimeOfOthers(contestant).minus(idleBefore);
    idle = idleNow.isNegative() ? idle : idle.plus(idleNow);
    return report;
  }

  /** One run of a client. */
  private interface Drive {
    RunReport run() throws IOException, InterruptedException;
  }
}
