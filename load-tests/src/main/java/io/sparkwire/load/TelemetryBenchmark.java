package io.sparkwire.load;

import io.sparkwire.load.server.Contestants;
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
 * What it costs that a node tells its operators of requests: an echo without metrics, and one with
 * metrics, in alternation.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply.
 */
@Command(
    name = "telemetry",
    description = "Measures the cost of metrics.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TelemetryBenchmark implements Callable<Integer> {
  private static final String NOTHING = "echo-nothing";
  private static final String METRICS = "echo-metrics";

  @Mixin private BenchmarkOptions options;

  private final Path directory = WorkDirectory.of("telemetry");

  public static void main(String[] args) {
    System.exit(new CommandLine(new TelemetryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Contestants all =
        new Contestants(options.servers.jar(), directory.resolve("models"), FreePort::any);
    BenchmarkReport report =
        new Comparison(options, directory)
            .of(
                List.of(
                    all.echo(NOTHING, List.of("--metrics", "off")), all.echo(METRICS, List.of())));
    System.out.println();
    System.out.print(report.markdown(options.summary()));
    System.out.println();
    System.out.println(report.comparison("metrics : none", METRICS, NOTHING));
    return report.isSound() ? 0 : 1;
  }
}
