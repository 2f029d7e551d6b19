package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.LiveHeap;
import io.sparkwire.load.server.ServerOptions;
import io.sparkwire.load.server.Usage;
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
 * A benchmark of a service without requests: processor time, and its live heap before and after,
 * under each trigger.
 *
 * <p>Ends with exit code 1 when a service used more than {@value #MOST_PERCENT} % of a core, or its
 * heap grew by more than a fifth.
 */
@Command(
    name = "idle",
    description = "Measures what a service without requests costs.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class IdleBenchmark implements Callable<Integer> {
  private static final double MOST_PERCENT = 2;
  private static final double MOST_GROWTH = 1.2;
  private static final int CONNECTIONS = 16;
  private static final Duration LOAD = Duration.ofSeconds(3);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final double PERCENT = 100;
  private static final List<String> TITLES =
      List.of("trigger", "% of a core", "heap before, KiB", "heap after, KiB");

  @Mixin private ServerOptions servers;

  @Option(
      names = "--triggers",
      split = ",",
      defaultValue = "micro,realtime,continuous",
      description = "Default: ${DEFAULT-VALUE}")
  private List<String> triggers;

  @Option(names = "--seconds", defaultValue = "60", description = "Default: ${DEFAULT-VALUE}")
  private int seconds;

  public static void main(String[] args) {
    System.exit(new CommandLine(new IdleBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = WorkDirectory.of("idle");
    Contestants contestants =
        new Contestants(servers.jar(), directory.resolve("models"), FreePort::any);
    List<Idleness> found = new ArrayList<>();
    for (String trigger : triggers) {
      try (Fleet fleet = new Fleet(servers.heap(), directory)) {
        found.add(idleness(fleet, contestants.select(List.of("echo"), List.of(trigger)).get(0)));
      }
    }
    System.out.print(
        new MarkdownTable(TITLES, found.stream().map(Idleness::cells).toList()).text());
    return found.stream().allMatch(Idleness::isCheap) ? 0 : 1;
  }

  /** It is asked first, because a service that never did anything holds on to less. */
  private Idleness idleness(Fleet fleet, Contestant service)
      throws IOException, InterruptedException {
    fleet.start(service);
    new ClosedLoopClient(service.target(), new ClosedLoopOptions(CONNECTIONS, LOAD, LOAD, TIMEOUT))
        .run();
    long heapBefore = LiveHeap.kibibytes(fleet.pid(service));
    Thread.sleep(SETTLING.toMillis());
    Usage usage = new Usage(fleet, List.of(service));
    usage.begin();
    Thread.sleep(Duration.ofSeconds(seconds).toMillis());
    usage.end();
    return new Idleness(
        service.name(),
        PERCENT * usage.cores(),
        heapBefore,
        LiveHeap.kibibytes(fleet.pid(service)));
  }

  /** What one service cost. */
  private record Idleness(String name, double percent, long heapBefore, long heapAfter) {
    boolean isCheap() {
      return percent <= MOST_PERCENT && heapAfter <= MOST_GROWTH * heapBefore;
    }

    List<String> cells() {
      return List.of(
          name,
          String.format(Locale.ROOT, "%.2f", percent),
          String.format(Locale.ROOT, "%,d", heapBefore),
          String.format(Locale.ROOT, "%,d", heapAfter));
    }
  }
}
