package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.SequentialLatencyClient;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.Launch;
import io.sparkwire.load.server.SlowServices;
import io.sparkwire.load.server.SparkJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The example that asks two services for each request, beside the slower of these asked directly:
 * one request after the other on one connection, in alternation.
 */
record CallingService(SparkJar jar, Path directory, String heap) {
  private static final Path CLASSES = Path.of("examples/target/classes");
  private static final String PROGRAM = "io.sparkwire.examples.Orchestrate";
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final int WARM_UP_CONNECTIONS = 32;
  private static final int WARM_UP_REQUESTS = 50;
  private static final List<String> TITLES =
      List.of("round", "service p50 µs", "example p50 µs", "added µs");

  /**
   * Measures and prints the results.
   *
   * @return whether every reply was right
   */
  boolean run(int requests, int rounds) throws IOException, InterruptedException {
    Contestant slower = SlowServices.price();
    Contestant faster = SlowServices.amount();
    Contestant example = example(faster.target(), slower.target());
    try (Fleet fleet = new Fleet(heap, directory)) {
      for (Contestant each : List.of(slower, faster, example)) {
        fleet.start(each);
      }
      List<RunReport> all = new ArrayList<>();
      all.add(warmUp(example));
      List<List<String>> rows = new ArrayList<>();
      for (int round = 1; round <= rounds; round++) {
        RunReport direct = ask(slower, requests);
        RunReport asked = ask(example, requests);
        all.addAll(List.of(direct, asked));
        rows.add(cells(round, direct.latencies().p50(), asked.latencies().p50()));
      }
      System.out.print(new MarkdownTable(TITLES, rows).text());
      all.stream()
          .filter(report -> !report.isFlawless())
          .forEach(bad -> System.out.println("FLAWED " + bad.line()));
      return all.stream().allMatch(RunReport::isFlawless);
    }
  }

  private Contestant example(Target amounts, Target prices) {
    Target target = Target.at(FreePort.any(), "/score", Workload.SCORE);
    String[] arguments = {
      amounts.url().toString(), prices.url().toString(), "" + target.url().getPort()
    };
    List<String> serving = jar.program(CLASSES.toAbsolutePath(), PROGRAM, arguments);
    return new Contestant("orchestrate", Contestant.Standing.SPARKWIRE, target, Launch.of(serving));
  }

  private static RunReport warmUp(Contestant example) throws IOException {
    ClosedLoopOptions options =
        new ClosedLoopOptions(WARM_UP_CONNECTIONS, Duration.ZERO, WARM_UP, TIMEOUT);
    return new ClosedLoopClient(example.target(), options).run();
  }

  private static RunReport ask(Contestant contestant, int requests) throws IOException {
    return new SequentialLatencyClient(contestant.target(), TIMEOUT)
        .run(WARM_UP_REQUESTS, requests, LIMIT);
  }

  private static List<String> cells(int round, double direct, double asked) {
    return List.of(
        "" + round,
        String.format(Locale.ROOT, "%,.0f", direct),
        String.format(Locale.ROOT, "%,.0f", asked),
        String.format(Locale.ROOT, "%,.0f", asked - direct));
  }
}
