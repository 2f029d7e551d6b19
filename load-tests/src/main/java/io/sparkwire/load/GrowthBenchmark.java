package io.sparkwire.load;

import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.Pinning;
import io.sparkwire.load.server.ServerOptions;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * How the cost of a request grows with what surrounds it: one dimension after the other, each with
 * a table of its points in ratios to the first.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply.
 */
@Command(
    name = "growth",
    description = "Measures how the cost of a request grows.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class GrowthBenchmark implements Callable<Integer> {
  private static final double MILLIS_PER_SECOND = 1_000;

  @Option(
      names = "--dimensions",
      split = ",",
      defaultValue =
          "payload,connections,services,partitions,waiting,in-flight,epoch-length,history,hop,nodes",
      description = "Default: ${DEFAULT-VALUE}")
  private List<String> names;

  @Mixin private ServerOptions servers;

  @Option(
      names = "--examples",
      defaultValue = "examples/target/classes",
      description = "Where the examples are compiled to. Default: ${DEFAULT-VALUE}")
  private Path examples;

  @Option(names = "--rounds", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "1.5",
      description = "Of each measured run. Default: ${DEFAULT-VALUE}")
  private double seconds;

  @Option(names = "--markdown", description = "Write the tables to this file, too.")
  private Path markdown;

  @Option(
      names = "--plot",
      defaultValue = "load-tests/target/growth.png",
      description = "A picture of the ratios. Default: ${DEFAULT-VALUE}")
  private Path plot;

  @Spec private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(new CommandLine(new GrowthBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Dimension> dimensions = dimensions();
    Path directory = WorkDirectory.of("growth");
    Pinning pinning = Pinning.isPossible() ? Pinning.to(0, 1) : Pinning.off();
    ClientProcess client = new ClientProcess(pinning, directory);
    List<Growth> found = new ArrayList<>();
    for (Dimension dimension : dimensions) {
      try (Fleet fleet = new Fleet(servers.heap(), directory)) {
        PointMeter meter =
            new PointMeter(
                fleet, client, Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND)));
        Growth growth = new GrowthRounds(dimension, fleet, meter).run(rounds);
        System.out.printf("%n%s%n", growth.markdown());
        found.add(growth);
      }
    }
    publish(found);
    return found.stream().allMatch(Growth::isSound) ? 0 : 1;
  }

  private List<Dimension> dimensions() {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds must be at least 1; got " + rounds);
    }
    Dimensions all = new Dimensions(servers.jar(), examples.toAbsolutePath(), FreePort::any);
    try {
      return names.stream().map(all::named).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private void publish(List<Growth> found) throws IOException {
    new GrowthPlot(found).write(plot);
    if (markdown != null) {
      Files.writeString(markdown, String.join("\n", found.stream().map(Growth::markdown).toList()));
    }
  }
}
