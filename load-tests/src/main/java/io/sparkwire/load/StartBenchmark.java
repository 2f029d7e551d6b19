package io.sparkwire.load;

import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.ChildProcess;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.FirstAnswer;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.JavaCommand;
import io.sparkwire.load.server.Peers;
import io.sparkwire.load.server.SavedModels;
import io.sparkwire.load.server.SparkJar;
import io.sparkwire.load.server.SparkwireServices;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * How long {@code sparkwire serve} takes from its command to its first right reply, by its launcher
 * and by its jar alone, beside an empty Spark session with one trivial streaming query up to its
 * first batch, in alternation.
 *
 * <p>All three have the same collector and heap; only the launcher has an archive of classes.
 */
@Command(
    name = "start",
    description = "Measures the time from the start to the first reply.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class StartBenchmark implements Callable<Integer> {
  private static final Path LAUNCHER = Path.of("sparkwire").toAbsolutePath();
  private static final Path JAR = Path.of("cli/target/sparkwire.jar").toAbsolutePath();
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final double NANOS_PER_SECOND = 1e9;

  @Option(names = "--rounds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--heap", defaultValue = "1g", description = "Default: ${DEFAULT-VALUE}")
  private String heap;

  private final Path directory = WorkDirectory.of("start");
  private final SavedModels models =
      new SavedModels(new SparkJar(JAR), directory.resolve("models"), Peers.HOME);
  private final SparkwireServices services =
      new SparkwireServices(new SparkJar(JAR), models, FreePort::any);

  public static void main(String[] args) {
    System.exit(new CommandLine(new StartBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    untilEnd(models.speciesTraining());
    byLauncher(); // which makes its archive the first time
    List<Double> launched = new ArrayList<>();
    List<Double> jar = new ArrayList<>();
    List<Double> empty = new ArrayList<>();
    for (int round = 1; round <= rounds; round++) {
      launched.add(byLauncher());
      jar.add(byJar());
      empty.add(untilEnd(models.emptySpark()));
      System.out.printf(
          Locale.ROOT,
          "round %d: launcher %.2f s, jar %.2f s, empty Spark %.2f s%n",
          round,
          launched.get(round - 1),
          jar.get(round - 1),
          empty.get(round - 1));
    }
    report("launcher", launched, empty);
    report("jar", jar, empty);
    return 0;
  }

  private static void report(String name, List<Double> served, List<Double> empty) {
    System.out.printf(
        Locale.ROOT,
        "%s: median %.2f s, empty Spark %.2f s; ratio %s%n",
        name,
        Ratios.median(served),
        Ratios.median(empty),
        Ratios.perRound(served, empty));
  }

  private double byLauncher() throws IOException, InterruptedException {
    Contestant service = services.species("launcher", List.of());
    List<String> serving = service.launch().serving();
    int jar = serving.indexOf(JAR.toString());
    List<String> launcher = List.of("env", "SPARKWIRE_JAVA_OPTS=-Xmx" + heap, LAUNCHER.toString());
    return untilAnswer(
        service, JavaCommand.join(launcher, serving.subList(jar + 1, serving.size())));
  }

  private double byJar() throws IOException, InterruptedException {
    Contestant service = services.species("jar", List.of());
    return untilAnswer(service, JavaCommand.program(heap, service.launch().serving()));
  }

  /** Seconds until a service gives its first right reply. */
  private double untilAnswer(Contestant service, List<String> command)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    try (ChildProcess server = ChildProcess.start(command, directory, service.name())) {
      FirstAnswer.await(service, server, PAUSE);
      return (System.nanoTime() - begin) / NANOS_PER_SECOND;
    }
  }

  /** Seconds until a program has ended well. */
  private double untilEnd(List<String> arguments) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    ChildProcess program =
        ChildProcess.start(JavaCommand.program(heap, arguments), directory, "program");
    int exitCode = program.await(LIMIT);
    if (exitCode != 0) {
      throw new IOException("Exit code %d. %s".formatted(exitCode, program.logTail()));
    }
    return (System.nanoTime() - begin) / NANOS_PER_SECOND;
  }
}
