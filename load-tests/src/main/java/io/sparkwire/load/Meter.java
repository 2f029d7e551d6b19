package io.sparkwire.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The one who runs a client against one server of a {@link Fleet} while the others idle.
 *
 * <p>Each run is a new client process, so that all contestants meet a client in the same state. It
 * also keeps account of what the idle servers use meanwhile. Not thread-safe.
 */
final class Meter {
  private static final Duration RUN_LIMIT = Duration.ofMinutes(5);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);
  private static final double PERCENT = 100;

  private final Fleet fleet;
  private final BenchmarkOptions options;
  private final Pinning pinning;
  private final Path directory;
  private Duration idle = Duration.ZERO;
  private Duration elapsed = Duration.ZERO;

  Meter(Fleet fleet, BenchmarkOptions options, Pinning pinning, Path directory) {
    this.fleet = fleet;
    this.options = options;
    this.pinning = pinning;
    this.directory = directory;
  }

  /** Many connections, nothing pinned. */
  RunReport throughput(Contestant contestant) throws IOException, InterruptedException {
    return run(contestant, List.of(), options.throughputArguments());
  }

  /** One caller; server and client each on its own core. */
  RunReport latency(Contestant contestant) throws IOException, InterruptedException {
    return run(contestant, pinning.clientPrefix(), options.latencyArguments());
  }

  /** What the idle servers used on average, in percent of one core. */
  double idlePercent() {
    return elapsed.isZero() ? 0 : PERCENT * idle.toNanos() / elapsed.toNanos();
  }

  /** A peer that fails has a result nevertheless: that it has failed. */
  private RunReport run(Contestant contestant, List<String> prefix, List<String> arguments)
      throws IOException, InterruptedException {
    if (contestant.standing() != Contestant.Standing.PEER) {
      return drive(contestant, prefix, arguments);
    }
    try {
      fleet.revive(contestant);
      return orEpitaph(contestant, drive(contestant, prefix, arguments));
    } catch (IOException e) {
      return orEpitaph(contestant, RunReport.failed(e.getMessage()));
    }
  }

  /** A server that did not answer well may be about to end: then that is the result. */
  private RunReport orEpitaph(Contestant contestant, RunReport report)
      throws IOException, InterruptedException {
    Duration patience = report.isFlawless() ? Duration.ZERO : END_LIMIT;
    String epitaph = fleet.epitaph(contestant, patience);
    return epitaph.isEmpty() ? report : RunReport.failed(epitaph);
  }

  private RunReport drive(Contestant contestant, List<String> prefix, List<String> arguments)
      throws IOException, InterruptedException {
    Target target = contestant.target();
    List<String> where =
        List.of("--url", target.url().toString(), "--workload", target.workload().name());
    List<String> client = JavaCommand.client(JavaCommand.join(arguments, where));
    Duration idleBefore = fleet.cpuTimeOfOthers(contestant);
    long startedAt = System.nanoTime();
    RunReport report = pinned(fleet.pid(contestant), prefix, client);
    elapsed = elapsed.plusNanos(System.nanoTime() - startedAt);
    Duration idleNow = fleet.cpuTimeOfOthers(contestant).minus(idleBefore);
    idle = idleNow.isNegative() ? idle : idle.plus(idleNow);
    return report;
  }

  /** A client that is pinned meets a server that is pinned. */
  private RunReport pinned(long server, List<String> prefix, List<String> client)
      throws IOException, InterruptedException {
    if (prefix.isEmpty()) {
      return report(client);
    }
    pinning.pin(server);
    try {
      return report(JavaCommand.join(prefix, client));
    } finally {
      if (ProcessHandle.of(server).isPresent()) {
        pinning.release(server);
      }
    }
  }

  private RunReport report(List<String> command) throws IOException, InterruptedException {
    ChildProcess client = ChildProcess.start(command, directory, "client");
    client.await(RUN_LIMIT);
    Optional<String> line =
        client.logLines().stream()
            .filter(each -> each.startsWith(ClientCommand.REPORT))
            .findFirst();
    if (line.isEmpty()) {
      throw new IOException("A client ended without a report. " + client.logTail());
    }
    return RunReport.parse(line.get());
  }
}
