package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.SequentialLatencyClient;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.Peers;
import io.sparkwire.load.server.SavedModels;
import io.sparkwire.load.server.ServerOptions;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The latency of requests whose row the pipeline leaves out, beside that of answered ones on the
 * same service, in alternation: under each trigger, in drained epochs, and with a grouped table
 * elsewhere in the plan.
 *
 * <p>Ends with exit code 1 when the median of the p99s of 204s is more than {@value #MOST} times
 * that of answers.
 */
@Command(
    name = "filtered",
    description = "Measures how soon a request gets its 204 whose row is left out.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class FilteredBenchmark implements Callable<Integer> {
  private static final double MOST = 2;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String FILTER = "SELECT value FROM requests WHERE value > 0";
  private static final String GROUPED =
      "SELECT value FROM requests JOIN (SELECT id % 2 AS part, count(*) AS parts FROM range(10)"
          + " GROUP BY id % 2) ON part = abs(value) % 2 WHERE value > 0";
  private static final List<String> TITLES =
      List.of(
          "service", "answered p50, p99, us", "left out p50, p99, us", "p99, left out : answered");

  @Mixin private ServerOptions servers;

  @Option(names = "--rounds", defaultValue = "5", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--requests",
      defaultValue = "5000",
      description = "Of each kind and round, and half as many before. Default: ${DEFAULT-VALUE}")
  private int requests;

  @Option(
      names = "--limit",
      defaultValue = "20",
      description = "Seconds after which a round ends. Default: ${DEFAULT-VALUE}")
  private int limit;

  private final Path directory = WorkDirectory.of("filtered");

  public static void main(String[] args) {
    System.exit(new CommandLine(new FilteredBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    SparkJar jar = new SparkJar(servers.jar());
    SparkwireServices services =
        new SparkwireServices(
            jar, new SavedModels(jar, directory.resolve("models"), Peers.HOME), FreePort::any);
    List<Contestant> measured =
        List.of(
            services.sql("micro", FILTER, List.of()),
            services.sql("realtime", FILTER, List.of("--trigger", "realtime")),
            services.sql("continuous", FILTER, List.of("--trigger", "continuous")),
            services.sql("micro, grouped", GROUPED, List.of()),
            services.sql("micro, drained", FILTER, List.of("--epochs", "drained")));
    List<Times> found = new ArrayList<>();
    for (Contestant service : measured) {
      try (Fleet fleet = new Fleet(servers.heap(), directory)) {
        fleet.start(service);
        Times times = times(service);
        System.out.println(String.join("; ", times.cells()));
        found.add(times);
      }
    }
    System.out.print(new MarkdownTable(TITLES, found.stream().map(Times::cells).toList()).text());
    return found.stream().allMatch(Times::areClose) ? 0 : 1;
  }

  private Times times(Contestant service) throws IOException {
    Target answered = service.target();
    Target leftOut = new Target(answered.url(), Workload.LEFT_OUT);
    Times times = new Times(service.name(), new ArrayList<>(), new ArrayList<>());
    for (int round = 0; round < rounds; round++) {
      times.answered().add(run(answered));
      times.leftOut().add(run(leftOut));
    }
    return times;
  }

  private RunReport run(Target target) throws IOException {
    RunReport report =
        new SequentialLatencyClient(target, TIMEOUT)
            .run(requests / 2, requests, Duration.ofSeconds(limit));
    if (!report.isFlawless()) {
      throw new IOException("FLAWED " + target.requests() + ": " + report.line());
    }
    return report;
  }

  /** What was found of one service, in each round. */
  private record Times(String name, List<RunReport> answered, List<RunReport> leftOut) {
    boolean areClose() {
      return Ratios.median(p99s(leftOut)) <= MOST * Ratios.median(p99s(answered));
    }

    List<String> cells() {
      return List.of(
          name,
          medians(answered),
          medians(leftOut),
          Ratios.perRound(p99s(leftOut), p99s(answered)).toString());
    }

    private static String medians(List<RunReport> reports) {
      List<Double> p50s = reports.stream().map(report -> report.latencies().p50()).toList();
      return String.format(
          Locale.ROOT, "%,.0f, %,.0f", Ratios.median(p50s), Ratios.median(p99s(reports)));
    }

    private static List<Double> p99s(List<RunReport> reports) {
      return reports.stream().map(report -> report.latencies().p99()).toList();
    }
  }
}
