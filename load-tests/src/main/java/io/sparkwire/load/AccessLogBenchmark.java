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
 * What an access log costs: an echo without one, and one with each of its formats, in alternation.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply, or the median of the
 * ratios of throughput is below {@value #LEAST}.
 */
@Command(
    name = "access-log",
    description = "Measures the cost of the access log.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class AccessLogBenchmark implements Callable<Integer> {
  private static final double LEAST = 0.9;
  private static final String OFF = "echo";
  private static final String JSON = "echo-json";
  private static final String COMBINED = "echo-combined";

  @Mixin private BenchmarkOptions options;

  private final Path directory = WorkDirectory.of("access-log");

  public static void main(String[] args) {
    System.exit(new CommandLine(new AccessLogBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Contestants all =
        new Contestants(options.servers.jar(), directory.resolve("models"), FreePort::any);
    BenchmarkReport report =
        new Comparison(options, directory)
            .of(
                List.of(
                    all.echo(OFF, List.of()),
                    all.echo(JSON, logged("json")),
                    all.echo(COMBINED, logged("combined"))));
    System.out.println();
    System.out.print(report.markdown(options.summary()));
    System.out.println();
    System.out.println(report.comparison("json : none", JSON, OFF));
    System.out.println(report.comparison("combined : none", COMBINED, OFF));
    boolean fast =
        report.throughput(JSON, OFF).median() >= LEAST
            && report.throughput(COMBINED, OFF).median() >= LEAST;
    return report.isSound() && fast ? 0 : 1;
  }

  private List<String> logged(String format) {
    String file = directory.resolve(format + ".log").toString();
    return List.of("--access-log", file, "--access-log-format", format);
  }
}
