package io.sparkwire.load;

import io.sparkwire.load.server.ServerOptions;
import io.sparkwire.load.server.SparkJar;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A benchmark of calls to other services: batches of rows with one call each compared with a bare
 * client, and the example that asks two services for each request compared with the slower of
 * these.
 *
 * <p>Ends with exit code 1 when a reply was wrong, a row was lost or out of order, or the heap grew
 * while rows passed.
 */
@Command(
    name = "calls",
    description = "Measures calls to other services, in batches and in a service.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class CallsBenchmark implements Callable<Integer> {

  @Mixin private ServerOptions servers;

  @Option(
      names = "--loads",
      split = ",",
      defaultValue = "64:50000,1:1000",
      description =
          "Batches: concurrency and rows of each; none to leave them out. Default: ${DEFAULT-VALUE}")
  private List<String> loads;

  @Option(names = "--partitions", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private int partitions;

  @Option(
      names = "--requests",
      defaultValue = "500",
      description =
          "To the example and to the service, in each round; 0 to leave them out. Default:"
              + " ${DEFAULT-VALUE}")
  private int requests;

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  public static void main(String[] args) {
    System.exit(new CommandLine(new CallsBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = WorkDirectory.of("calls");
    SparkJar sparkJar = new SparkJar(servers.jar());
    boolean sound = true;
    if (!loads.equals(List.of("none"))) {
      CallBatches batches = new CallBatches(sparkJar, directory, servers.heap());
      sound = batches.run(loads, partitions, rounds);
    }
    if (requests > 0) {
      CallingService service = new CallingService(sparkJar, directory, servers.heap());
      sound &= service.run(requests, rounds);
    }
    return sound ? 0 : 1;
  }
}
