package io.sparkwire.load;

import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/**
 * The comparison of Sparkwire with the bare server on this machine, and with other ways to serve,
 * in alternation, as tables.
 *
 * <p>Ends with exit code 1 when a contestant gave a wrong reply, or a request to Sparkwire or a
 * bare server did not get the right one.
 */
@Command(
    name = "bench",
    description = "Measures throughput and latency of Sparkwire beside a bare server and others.",
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
    Comparison comparison = new Comparison(options, directory);
    StringBuilder text = new StringBuilder();
    RatioTable ratios = new RatioTable();
    boolean sound = true;
    for (List<Contestant> contestants : comparisons(directory)) {
      BenchmarkReport report = comparison.of(contestants);
      text.append(report.markdown(options.summary())).append('\n');
      ratios.add(report.results());
      sound &= report.isSound();
    }
    new RatioPlot(ratios.lines()).write(options.plot);
    publish(text + ratios.markdown());
    return sound ? 0 : 1;
  }

  private List<List<Contestant>> comparisons(Path directory) {
    if (options.rounds < 1) {
      throw wrong("--rounds must be at least 1; got " + options.rounds);
    }
    try {
      List<List<String>> names = options.comparisons();
      if (names.stream().flatMap(List::stream).anyMatch(Contestants::needsJar)
          && !Files.isRegularFile(options.servers.jar())) {
        throw wrong(
            "No jar at %s; build it, or name it with --jar".formatted(options.servers.jar()));
      }
      return names.stream().map(each -> comparison(each, directory)).toList();
    } catch (IllegalArgumentException e) {
      throw wrong(e.getMessage());
    }
  }

  private List<Contestant> comparison(List<String> names, Path directory) {
    List<Contestant> contestants =
        new Contestants(options.servers.jar(), directory.resolve("models"), FreePort::any)
            .select(names, options.triggers);
    if (options.before == null) {
      return contestants;
    }
    if (!Files.isRegularFile(options.before)) {
      throw wrong("No jar at %s; name one with --before".formatted(options.before));
    }
    Contestants earlier =
        new Contestants(options.before, directory.resolve("models-before"), FreePort::any);
    return Stream.concat(
            contestants.stream(), earlier.selectEarlier(names, options.triggers).stream())
        .toList();
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
