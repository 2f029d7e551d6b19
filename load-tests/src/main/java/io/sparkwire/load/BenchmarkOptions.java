package io.sparkwire.load;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@link Benchmark}, as they stand on its command line. */
final class BenchmarkOptions {
  @Option(
      names = "--contestants",
      split = ",",
      defaultValue = "bare-json,bare-handoff,echo,lr",
      description = "Who takes part. Default: ${DEFAULT-VALUE}")
  List<String> contestants;

  @Option(
      names = "--triggers",
      split = ",",
      defaultValue = "micro",
      description = "One echo contestant for each: micro, realtime, continuous. Default: micro")
  List<String> triggers;

  @Option(
      names = "--jar",
      defaultValue = "spark-bridge/target/sparkwire.jar",
      description = "Sparkwire's fat jar. Default: ${DEFAULT-VALUE}")
  Path jar;

  @Option(
      names = "--heap",
      defaultValue = "1g",
      description = "The same for every server. Default: ${DEFAULT-VALUE}")
  String heap;

  @Option(names = "--rounds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "5",
      description = "Of each measured throughput run. Default: ${DEFAULT-VALUE}")
  double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "2",
      description = "Seconds before each throughput run. Default: ${DEFAULT-VALUE}")
  double warmUp;

  @Option(
      names = "--connections",
      defaultValue = "" + ClosedLoopOptions.DEFAULT_CONNECTIONS,
      description = "Default: ${DEFAULT-VALUE}")
  int connections;

  @Option(
      names = "--requests",
      defaultValue = "20000",
      description = "Of each measured latency run. Default: ${DEFAULT-VALUE}")
  int requests;

  @Option(
      names = "--warm-up-requests",
      defaultValue = "10000",
      description = "Before each latency run. Default: ${DEFAULT-VALUE}")
  int warmUpRequests;

  @Option(
      names = "--pin",
      negatable = true,
      description =
          "Pin server and client for latency runs. Default: if taskset exists and there are two cores")
  Boolean pin;

  @Option(names = "--server-core", defaultValue = "0", description = "Default: ${DEFAULT-VALUE}")
  int serverCore;

  @Option(names = "--client-core", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  int clientCore;

  @Option(names = "--markdown", description = "Write the result to this file, too.")
  Path markdown;

  @Option(
      names = "--work-dir",
      defaultValue = "load-tests/target/bench",
      description = "For logs and what servers write. Default: ${DEFAULT-VALUE}")
  Path workDir;

  List<String> throughputArguments() {
    return List.of(
        "throughput",
        "--connections=" + connections,
        "--warm-up=" + warmUp,
        "--seconds=" + seconds);
  }

  List<String> latencyArguments() {
    return List.of("latency", "--warm-up=" + warmUpRequests, "--requests=" + requests);
  }

  Pinning pinning() {
    boolean wanted = pin == null ? Pinning.isPossible() : pin;
    return wanted ? Pinning.to(serverCore, clientCore) : Pinning.off();
  }

  /** One line that says how was measured. */
  String summary() {
    return "rounds: %d; throughput: %s s at %d connections; latency: %d requests, pinning %s; heap %s; %d cores; Java %s"
        .formatted(
            rounds,
            seconds,
            connections,
            requests,
            pinning(),
            heap,
            Runtime.getRuntime().availableProcessors(),
            Runtime.version());
  }
}
