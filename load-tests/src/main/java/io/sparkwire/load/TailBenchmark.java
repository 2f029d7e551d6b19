package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.OpenLoopClient;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.Timeline;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.report.TimelinePlot;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.ServerOptions;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What the end of an epoch does to the slowest requests: two replicas with short epochs, two with
 * one long epoch, one with short epochs, and a bare server beside them, in alternation and at half
 * of the lowest peak rate.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply.
 */
@Command(
    name = "tail",
    description = "Measures the tail of the latency with and without ends of epochs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TailBenchmark implements Callable<Integer> {

  private static final String ENDING = "two replicas, epochs of 10 s";
  private static final String ENDLESS = "two replicas, no epoch ends";
  private static final String ALONE = "one replica, epochs of 10 s";
  private static final String BARE = "a bare server";

  /** Some ends of epochs are in it, because each plans with code that seldom runs. */
  private static final Duration PEAK_WARM_UP = Duration.ofSeconds(30);

  private static final Duration PEAK = Duration.ofSeconds(5);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final double SHARE_OF_PEAK = 0.5;

  @Mixin private ServerOptions servers;

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(names = "--seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}")
  private int seconds;

  @Option(names = "--connections", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--plot",
      defaultValue = "load-tests/target/tail.png",
      description = "The timelines of the last round. Default: ${DEFAULT-VALUE}")
  private Path plot;

  private final Map<String, List<RunReport>> reports = new HashMap<>();
  private final Map<String, Timeline> timelines = new TreeMap<>(Comparator.reverseOrder());

  public static void main(String[] args) {
    System.exit(new CommandLine(new TailBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = WorkDirectory.of("tail");
    try (Fleet fleet = new Fleet(servers.heap(), directory)) {
      List<Contestant> contestants = contestants(directory);
      for (Contestant contestant : contestants) {
        fleet.start(contestant);
      }
      double rate = SHARE_OF_PEAK * slowestPeak(contestants);
      System.out.printf("rate: %.0f requests/s, half of the lowest peak%n", rate);
      for (int round = 0; round < rounds; round++) {
        List<Contestant> order = new ArrayList<>(contestants);
        Collections.rotate(order, -round);
        for (Contestant contestant : order) {
          measure(contestant, rate);
        }
      }
    }
    report();
    return reports.values().stream().flatMap(List::stream).allMatch(RunReport::isFlawless) ? 0 : 1;
  }

  private void measure(Contestant contestant, double rate) throws IOException {
    OpenLoopClient client = new OpenLoopClient(contestant.target(), connections, rate);
    OpenLoopClient.Run run = client.run(WARM_UP, Duration.ofSeconds(seconds));
    System.out.println(contestant.name() + ": " + run.report().line());
    reports.computeIfAbsent(contestant.name(), name -> new ArrayList<>()).add(run.report());
    timelines.put(contestant.name(), run.timeline());
  }

  private void report() throws IOException {
    System.out.println("ratios of p99.9, median (lowest-highest of the rounds):");
    System.out.println("  epochs that end : none that ends = " + p999Ratios(ENDING, ENDLESS));
    System.out.println("  epochs that end : bare server = " + p999Ratios(ENDING, BARE));
    new TimelinePlot(timelines).write(plot);
  }

  private Ratios p999Ratios(String own, String baseline) {
    return Ratios.perRound(p999(own), p999(baseline));
  }

  private List<Double> p999(String name) {
    return reports.get(name).stream().map(report -> report.latencies().p999()).toList();
  }

  private List<Contestant> contestants(Path directory) {
    Contestants all = new Contestants(servers.jar(), directory.resolve("model"), FreePort::any);
    return List.of(
        all.echo(ENDING, List.of("--replicas", "2", "--epoch-length", "10s")),
        all.echo(ENDLESS, List.of("--replicas", "2", "--epoch-length", "24h")),
        all.echo(ALONE, List.of("--replicas", "1", "--epoch-length", "10s")),
        all.bareJson(BARE));
  }

  private double slowestPeak(List<Contestant> contestants) throws IOException {
    double slowest = Double.MAX_VALUE;
    for (Contestant contestant : contestants) {
      ClosedLoopOptions options =
          new ClosedLoopOptions(connections, PEAK_WARM_UP, PEAK, Duration.ofSeconds(30));
      RunReport report = new ClosedLoopClient(contestant.target(), options).run();
      slowest = Math.min(slowest, report.requestsPerSecond());
    }
    return slowest;
  }
}
