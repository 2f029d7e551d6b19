package io.sparkwire.load;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The comparison of Sparkwire with the bare server on this machine, in alternation, as one table.
 *
 * <p>Ends with exit code 1 when any request of any run did not get its right reply.
 */
@Command(
    name = "bench",
    description = "Measures throughput and latency of Sparkwire beside a bare server.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class Benchmark implements Callable<Integer> {
  @Mixin private BenchmarkOptions options;
  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(
        new CommandLine(new Benchmark())
            .setExecutionExceptionHandler(Benchmark::explain)
            .execute(args));
  }

  /** A server that does not start is no bug of this program: the message is enough. */
  private static int explain(Exception cause, CommandLine command, ParseResult ignored)
      throws Exception {
    if (cause instanceof IOException) {
      command.getErr().println(cause.getMessage());
      return 1;
    }
    throw cause;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory =
        options.workDir.toAbsolutePath().resolve("run-" + ProcessHandle.current().pid());
    List<Contestant> contestants = contestants(directory);
    double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    try (Fleet fleet = new Fleet(options.heap, directory)) {
      for (Contestant contestant : contestants) {
        System.out.println("starting " + contestant.name());
        fleet.start(contestant);
      }
      Meter meter = new Meter(fleet, options, options.pinning(), directory);
      List<Series> results = new Rounds(contestants, meter).run(options.rounds);
      BenchmarkReport report = new BenchmarkReport(results, loadBefore, meter.idlePercent());
      publish(report.markdown(options.summary()));
      return results.stream().allMatch(series -> series.flawed().isEmpty()) ? 0 : 1;
    }
  }

  private List<Contestant> contestants(Path directory) {
    if (options.rounds < 1) {
      throw wrong("--rounds must be at least 1; got " + options.rounds);
    }
    if (options.contestants.stream().anyMatch(Contestants::needsJar)
        && !Files.isRegularFile(options.jar)) {
      throw wrong("No jar at %s; build it, or name it with --jar".formatted(options.jar));
    }
    try {
      return new Contestants(
              options.jar.toAbsolutePath(), directory.resolve("penguin-model"), FreePort::any)
          .select(options.contestants, options.triggers);
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void publish(String text) throws IOException {
    System.out.println();
    System.out.print(text);
    if (options.markdown != null) {
      Files.writeString(options.markdown, text);
    }
  }
}
