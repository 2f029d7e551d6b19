package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Pinning;
import io.sparkwire.load.server.ServerOptions;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command-line options of {@link Benchmark}. */
final class BenchmarkOptions {
  @Option(
      names = "--contestants",
      split = ",",
      defaultValue = "bare-json,bare-handoff,echo,lr",
      description = "The contestants. Default: ${DEFAULT-VALUE}")
  List<String> contestants;

  @Option(
      names = "--workloads",
      split = ",",
      defaultValue = Option.NULL_VALUE,
      description =
          "Compare these, one after the other, with every peer that can do them, in place of"
              + " --contestants: echo, lr, text, trees, faulty.")
  List<String> workloads;

  @Option(
      names = "--triggers",
      split = ",",
      defaultValue = "micro",
      description =
          "One contestant of each service for each: micro, realtime, continuous. Default: micro")
  List<String> triggers;

  @Mixin ServerOptions servers;

  @Option(
      names = "--before",
      description =
          "The jar of an earlier build: its services take part as well, and the last table has the"
              + " ratios of the new ones to them.")
  Path before;

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
      names = "--fresh",
      description =
          "Start and warm up each server anew in each round: two JVMs of one jar may differ by a"
              + " tenth, because each compiles otherwise.")
  boolean fresh;

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
      names = "--latency-limit",
      defaultValue = "30",
      description =
          "Seconds after which a latency run, and its warm-up, end. Default: ${DEFAULT-VALUE}")
  double latencyLimit;

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
      names = "--plot",
      defaultValue = "load-tests/target/ratios.png",
      description = "A picture of the ratios. Default: ${DEFAULT-VALUE}")
  Path plot;

  @Option(
      names = "--work-dir",
      defaultValue = "load-tests/target/bench",
      description = "For logs and what servers write. Default: ${DEFAULT-VALUE}")
  Path workDir;

  /** Whose turns make one comparison; several of these, one after the other. */
  List<List<String>> comparisons() {
    return workloads == null
        ? List.of(contestants)
        : workloads.stream().map(Contestants::beside).toList();
  }

  /** The same for each number of connections but for that. */
  List<String> throughputArguments(int connections) {
    return List.of(
        "throughput",
        "--connections=" + connections,
        "--warm-up=" + warmUp,
        "--seconds=" + seconds);
  }

  List<String> latencyArguments() {
    return List.of(
        "latency",
        "--warm-up=" + warmUpRequests,
        "--requests=" + requests,
        "--limit=" + latencyLimit);
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
            servers.heap(),
            Runtime.getRuntime().availableProcessors(),
            Runtime.version());
  }
}
