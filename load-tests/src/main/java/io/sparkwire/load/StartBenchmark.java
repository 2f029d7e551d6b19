package io.sparkwire.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long {@code sparkwire serve} takes from its command to its first right reply, beside an empty
 * Spark session with one trivial streaming query up to its first batch, in alternation.
 */
@Command(
    name = "start",
    description = "Measures the time from the start to the first reply.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StartBenchmark implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(
      names = "--jar",
      defaultValue = "spark-bridge/target/sparkwire.jar",
      description = "Sparkwire's fat jar. Default: ${DEFAULT-VALUE}")
  private Path jar;

  @Option(names = "--rounds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--heap", defaultValue = "1g", description = "Default: ${DEFAULT-VALUE}")
  private String heap;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StartBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = WorkDirectory.of("start");
    SparkJar sparkJar = new SparkJar(jar.toAbsolutePath());
    SavedModels models = new SavedModels(sparkJar, directory.resolve("models"), Peers.HOME);
    end(models.speciesTraining(), directory);
    List<Double> served = new ArrayList<>();
    List<Double> empty = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      served.add(served(new SparkwireServices(sparkJar, models, FreePort::any), directory));
      empty.add(end(models.emptySpark(), directory));
      System.out.printf(
          "round %d: served after %.2f s, empty Spark after %.2f s%n",
          round, served.get(round - 1), empty.get(round - 1));
    }
    System.out.printf(
        "median: %.2f s and %.2f s; ratio %s%n",
        Ratios.median(served), Ratios.median(empty), Ratios.perRound(served, empty));
    return 0;
  }

  /** Seconds until a service gives its first right reply. */
  private double served(SparkwireServices services, Path directory)
      throws IOException, InterruptedException {
    Contestant service = services.species("served", List.of());
    long begin = System.nanoTime();
    try (ChildProcess server = start(service.launch().serving(), directory, "served")) {
      FirstAnswer.await(service, server, PAUSE);
      return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }
  }

  /** Seconds until a program has ended well. */
  private double end(List<String> arguments, Path directory)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    ChildProcess program = start(arguments, directory, "program");
    int exitCode = program.await(LIMIT);
    if (exitCode != 0) {
      throw new IOException("Exit code %d. %s".formatted(exitCode, program.logTail()));
    }
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }

  private ChildProcess start(List<String> arguments, Path directory, String name)
      throws IOException {
    return ChildProcess.start(JavaCommand.server(heap, arguments), directory, name);
  }
}
