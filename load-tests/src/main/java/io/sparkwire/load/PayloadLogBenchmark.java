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
 * What a payload log costs: an echo without one, one that keeps a tenth of its requests, and one
 * that keeps all, in alternation.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply, or the median of the
 * ratios of throughput is below {@value #LEAST}.
 */
@Command(
    name = "payload-log",
    description = "Measures the cost of the payload log.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class PayloadLogBenchmark implements Callable<Integer> {
  private static final double LEAST = 0.9;
  private static final String OFF = "echo";
  private static final String TENTH = "echo-tenth";
  private static final String ALL = "echo-all";

  @Mixin private BenchmarkOptions options;

  private final Path directory = WorkDirectory.of("payload-log");

  public static void main(String[] args) {
    System.exit(new CommandLine(new PayloadLogBenchmark()).execute(args));
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
                    all.echo(TENTH, sampled("0.1")),
                    all.echo(ALL, sampled("1"))));
    System.out.println();
    System.out.print(report.markdown(options.summary()));
    System.out.println();
    System.out.println(report.comparison("a tenth : none", TENTH, OFF));
    System.out.println(report.comparison("all : none", ALL, OFF));
    boolean fast =
        report.throughput(TENTH, OFF).median() >= LEAST
            && report.throughput(ALL, OFF).median() >= LEAST;
    return report.isSound() && fast ? 0 : 1;
  }

  private List<String> sampled(String share) {
    String log = directory.resolve("log-" + share).toString();
    return List.of("--payload-log", log, "--payload-log-sample", share);
  }
}
