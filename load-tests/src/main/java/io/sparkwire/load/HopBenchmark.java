package io.sparkwire.load;

import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.ClusterServices;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * What it costs that another node computes a request, and that other nodes know of it: workers of
 * one cluster with each kind of history, a gateway before one of them, and a bare event bus of two
 * nodes, in alternation.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply.
 */
@Command(
    name = "hop",
    description = "Measures the cost of another node, and of a shared history.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class HopBenchmark implements Callable<Integer> {
  private static final String BARE_LOCAL = "bare-bus";
  private static final String BARE_REMOTE = "bare-cluster";
  private static final String LOCAL = "history-local";
  private static final String ASYNC = "history-async";
  private static final String SYNC = "history-sync";
  private static final String REMOTE = "gateway";

  @Mixin private BenchmarkOptions options;

  public static void main(String[] args) {
    System.exit(new CommandLine(new HopBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = WorkDirectory.of("hop");
    ClusterServices services = new ClusterServices(options.servers.jar(), FreePort::any);
    BenchmarkReport report =
        new Comparison(options, directory)
            .of(
                List.of(
                    services.bareEcho(BARE_LOCAL),
                    services.bareAsk(BARE_REMOTE),
                    services.worker(LOCAL, "local"),
                    services.worker(ASYNC, "async"),
                    services.worker(SYNC, "sync"),
                    services.gateway(REMOTE, ASYNC)));
    System.out.println();
    System.out.print(report.markdown(options.summary()));
    System.out.println();
    compare(report.results(), "all remote : bare cluster", REMOTE, BARE_REMOTE);
    compare(report.results(), "all remote : all local", REMOTE, ASYNC);
    compare(report.results(), "history async : local", ASYNC, LOCAL);
    compare(report.results(), "history sync : local", SYNC, LOCAL);
    return report.isSound() ? 0 : 1;
  }

  private static void compare(List<Series> all, String what, String own, String other) {
    System.out.printf(
        "%s: requests/s %s, p50 %s%n",
        what,
        ratios(all, own, other, Series::requestsPerSecond),
        ratios(all, own, other, Series::p50));
  }

  private static Ratios ratios(
      List<Series> all, String own, String other, Function<Series, List<Double>> figure) {
    return Ratios.perRound(figure.apply(named(all, own)), figure.apply(named(all, other)));
  }

  private static Series named(List<Series> all, String name) {
    return all.stream().filter(each -> each.contestant().equals(name)).findFirst().orElseThrow();
  }
}
