package io.sparkwire.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The one who runs a client against one server of a {@link Fleet} while the others idle.
 *
 * <p>Each run is a new client process, so that all contestants meet a client in the same state. It
 * also keeps account of what the idle servers use meanwhile. Not thread-safe.
 */
final class Meter {
  private static final Duration RUN_LIMIT = Duration.ofMinutes(5);
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
    long pid = fleet.pid(contestant);
    pinning.pin(pid);
    try {
      return run(contestant, pinning.clientPrefix(), options.latencyArguments());
    } finally {
      pinning.release(pid);
    }
  }

  /** What the idle servers used on average, in percent of one core. */
  double idlePercent() {
    return elapsed.isZero() ? 0 : PERCENT * idle.toNanos() / elapsed.toNanos();
  }

  private RunReport run(Contestant contestant, List<String> prefix, List<String> arguments)
      throws IOException, InterruptedException {
    Target target = contestant.target();
    List<String> where =
        List.of("--url", target.url().toString(), "--workload", target.workload().name());
    List<String> client =
        JavaCommand.client(Stream.of(arguments, where).flatMap(List::stream).toList());
    Duration idleBefore = fleet.cpuTimeOfOthers(contestant);
    long startedAt = System.nanoTime();
    RunReport report = report(Stream.of(prefix, client).flatMap(List::stream).toList());
    elapsed = elapsed.plusNanos(System.nanoTime() - startedAt);
    idle = idle.plus(fleet.cpuTimeOfOthers(contestant)).minus(idleBefore);
    return report;
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
