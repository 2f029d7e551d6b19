package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.OnnxContestants;
import io.sparkwire.load.server.OnnxOptions;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A deep network behind Sparkwire, beside ONNX Runtime behind a bare server and behind MLServer, in
 * alternation.
 *
 * <p>Ends with exit code 1 when a contestant gave a wrong reply, a request to Sparkwire or a bare
 * server did not get the right one, or one of {@link OnnxLimits} is missed.
 */
@Command(
    name = "onnx",
    description = "Measures a deep network behind Sparkwire, a bare server and MLServer.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class OnnxBenchmark implements Callable<Integer> {
  /** A run of a network takes so long that fewer requests do. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--contestants",
          String.join(",", OnnxContestants.NAMES),
          "--requests",
          "1000",
          "--warm-up-requests",
          "200");

  @Mixin private OnnxOptions network;

  @Option(
      names = "--loads",
      split = ",",
      defaultValue = "1,16,64",
      description = "Numbers of connections, in place of --connections. Default: ${DEFAULT-VALUE}")
  private List<Integer> loads;

  @Option(
      names = "--least-mlserver",
      defaultValue = "1",
      description =
          "How many times MLServer's requests/s Sparkwire must reach. Default: ${DEFAULT-VALUE},"
              + " with magika 5")
  private double leastMlserver;

  @Mixin private BenchmarkOptions options;
  @Spec private CommandSpec spec;

  private final Path directory = WorkDirectory.of("onnx");

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new OnnxBenchmark())
        .setOverwrittenOptionsAllowed(true)
        .setDefaultValueProvider(
            argument ->
                argument instanceof CommandLine.Model.OptionSpec option
                    ? DEFAULTS.get(option.longestName())
                    : null);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Contestant> contestants = contestants();
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<OnnxResult> results;
    try (Fleet fleet = new Fleet(options.servers.heap(), directory)) {
      for (Contestant contestant : contestants) {
        System.out.println("starting " + contestant.name());
        fleet.start(contestant);
      }
      Meter meter = new Meter(fleet, options, options.pinning(), directory);
      results = new OnnxRounds(contestants, loads(), meter).run(options.rounds);
    }
    return print(results, load) ? 0 : 1;
  }

  private List<OnnxLoad> loads() {
    List<OnnxLoad> all = new ArrayList<>(loads.stream().map(OnnxLoad::new).toList());
    all.add(OnnxLoad.SEQUENTIAL);
    return all;
  }

  private List<Contestant> contestants() {
    check(options.rounds >= 1, "--rounds must be at least 1; got " + options.rounds);
    check(loads.stream().allMatch(load -> load >= 1), "--loads must be at least 1; got " + loads);
    check(Files.isRegularFile(network.network()), "No network at " + network.network());
    Path jar = options.servers.jar();
    check(
        Files.isRegularFile(jar)
            || options.contestants.stream().noneMatch(each -> each.startsWith("sparkwire")),
        "No jar at %s; build it, or name it with --jar".formatted(jar));
    OnnxContestants all =
        new OnnxContestants(network, directory.resolve("exchanges"), FreePort::any);
    try {
      return options.contestants.stream().distinct().map(name -> all.named(name, jar)).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private void check(boolean holds, String message) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private boolean print(List<OnnxResult> results, double load) throws IOException {
    List<OnnxLimits.Check> checks = new OnnxLimits(leastMlserver).checks(results);
    List<Series> all =
        results.stream()
            .flatMap(each -> each.series().stream())
            .map(OnnxSeries::soundness)
            .toList();
    StringBuilder text = new StringBuilder();
    results.forEach(result -> text.append(result.markdown()).append('\n'));
    text.append(summary(load)).append('\n');
    checks.forEach(check -> text.append("- ").append(check.line()).append('\n'));
    for (Series series : all) {
      for (RunReport flawed : series.flawed()) {
        text.append("- FLAWED: %s: %s%n".formatted(series.contestant(), flawed.line()));
      }
    }
    System.out.print("\n" + text);
    if (options.markdown != null) {
      Files.writeString(options.markdown, text);
    }
    return all.stream().allMatch(Series::isSound)
        && checks.stream().allMatch(OnnxLimits.Check::holds);
  }

  private String summary(double load) {
    return String.format(
        Locale.ROOT,
        "- %s%n- rounds: %d; throughput: %s s after %s s; sequential: %d requests, pinning %s;"
            + " heap %s; %d cores; Java %s%n- load average before the start: %.2f%n",
        network.summary(),
        options.rounds,
        options.seconds,
        options.warmUp,
        options.requests,
        options.pinning(),
        options.servers.heap(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        load);
  }
}
