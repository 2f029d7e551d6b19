package io.sparkwire.load;

import io.sparkwire.load.server.ClusterServices;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
    System.out.println(report.comparison("all remote : bare cluster", REMOTE, BARE_REMOTE));
    System.out.println(report.comparison("all remote : all local", REMOTE, ASYNC));
    System.out.println(report.comparison("history async : local", ASYNC, LOCAL));
    System.out.println(report.comparison("history sync : local", SYNC, LOCAL));
    return report.isSound() ? 0 : 1;
  }
}
