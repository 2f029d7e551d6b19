package io.sparkwire.load;

import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.SpanSink;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What it costs that a node tells its operators of requests: an echo with metrics, as it is by
 * default, beside one without, and beside those that also make traces or keep logs, in alternation.
 *
 * <p>All have the variables of OpenTelemetry that this program has, and spans go to a receiver in
 * this program that drops them. Ends with exit code 1 when any request did not get its right reply,
 * no span was received, or the median of the ratios of throughput is below the least of a {@link
 * Part}.
 */
@Command(
    name = "telemetry",
    description = "Measures the cost of metrics, traces, the access log and the payload log.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TelemetryBenchmark implements Callable<Integer> {
  private static final String DEFAULT = "echo";

  /** What is measured, with the least ratio of throughput that it may have. */
  enum Part {
    METRICS(0.97, "--metrics", "off"),
    TRACING(0.95, "--tracing", "on"),
    ACCESS_LOG(0.9, "--access-log", "access.log"),
    ACCESS_LOG_COMBINED(0.9, "--access-log", "combined.log", "--access-log-format", "combined"),
    PAYLOAD_LOG(0.9, "--payload-log", "payload"),
    PAYLOAD_LOG_TENTH(0.9, "--payload-log", "payload-tenth", "--payload-log-sample", "0.1");

    private final double least;
    private final String arguments;

    Part(double least, String... arguments) {
      this.least = least;
      this.arguments = String.join(" ", arguments);
    }

    private String contestant() {
      return DEFAULT + " " + arguments;
    }

    /** The other way round: the default has metrics. */
    private boolean isWithout() {
      return this == METRICS;
    }
  }

  @Option(
      names = "--parts",
      split = ",",
      defaultValue = "METRICS,TRACING,ACCESS_LOG,ACCESS_LOG_COMBINED,PAYLOAD_LOG,PAYLOAD_LOG_TENTH",
      description = "Some of ${COMPLETION-CANDIDATES}. Default: all")
  private List<Part> parts;

  @Mixin private BenchmarkOptions options;

  private final Path directory = WorkDirectory.of("telemetry");

  public static void main(String[] args) {
    System.exit(new CommandLine(new TelemetryBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    URI receiver = URI.create(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT"));
    try (SpanSink sink = SpanSink.open(receiver.getPort())) {
      BenchmarkReport report = new Comparison(options, directory).of(contestants());
      System.out.println();
      System.out.print(report.markdown(options.summary()));
      System.out.println();
      boolean cheap = true;
      for (Part part : parts) {
        String with = part.isWithout() ? DEFAULT : part.contestant();
        String without = part.isWithout() ? part.contestant() : DEFAULT;
        System.out.println(report.comparison(part + ", with : without", with, without));
        cheap &= report.throughput(with, without).median() >= part.least;
      }
      System.out.println(sink.messages() + " messages with spans were received");
      boolean traced = !parts.contains(Part.TRACING) || sink.messages() > 0;
      return report.isSound() && cheap && traced ? 0 : 1;
    }
  }

  private List<Contestant> contestants() {
    Contestants all =
        new Contestants(options.servers.jar(), directory.resolve("models"), FreePort::any);
    List<Contestant> contestants = new ArrayList<>();
    contestants.add(all.echo(DEFAULT, List.of("--tracing", "off")));
    for (Part part : parts) {
      List<String> arguments = new ArrayList<>(List.of(part.arguments.split(" ", -1)));
      if (part != Part.TRACING) {
        arguments.addAll(List.of("--tracing", "off"));
      }
      contestants.add(all.echo(part.contestant(), inDirectory(arguments)));
    }
    return contestants;
  }

  /** Logs are kept where the benchmark works. */
  private List<String> inDirectory(List<String> arguments) {
    List<String> absolute = new ArrayList<>(arguments);
    if (arguments.get(0).endsWith("-log")) {
      absolute.set(1, directory.resolve(arguments.get(1)).toString());
    }
    return absolute;
  }
}
