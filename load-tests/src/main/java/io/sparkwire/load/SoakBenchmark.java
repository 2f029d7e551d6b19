package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.OpenLoopClient;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.ServerOptions;
import io.sparkwire.load.server.SpanSink;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * What a service holds on to over time, at half of its peak and with all that operators may ask
 * for: metrics that are scraped, traces, both logs, and a console that is open. Its epochs last ten
 * seconds.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply, or heap, threads or files
 * grow.
 */
@Command(
    name = "soak",
    description = "Watches heap, threads and files over time, with all telemetry on.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class SoakBenchmark implements Callable<Integer> {
  private static final Duration WARM_UP = Duration.ofSeconds(20);
  private static final Duration PEAK = Duration.ofSeconds(10);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final double SHARE_OF_PEAK = 0.5;

  @Mixin private ServerOptions servers;

  @Option(names = "--minutes", defaultValue = "30", description = "Default: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(names = "--connections", defaultValue = "64", description = "Default: ${DEFAULT-VALUE}")
  private int connections;

  private final Path directory = WorkDirectory.of("soak").toAbsolutePath();

  public static void main(String[] args) {
    System.exit(new CommandLine(new SoakBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    URI receiver = URI.create(System.getenv("OTEL_EXPORTER_OTLP_ENDPOINT"));
    int admin = FreePort.any();
    Contestant service =
        new Contestants(servers.jar(), directory.resolve("models"), FreePort::any)
            .echo("everything on", arguments(admin));
    try (SpanSink sink = SpanSink.open(receiver.getPort());
        Fleet fleet = new Fleet(servers.heap(), directory)) {
      fleet.start(service);
      double rate = SHARE_OF_PEAK * peak(service);
      System.out.printf("rate: %.0f requests/s, half of the peak%n", rate);
      try (OperatorClients operators = OperatorClients.start(admin, directory);
          SoakSamples samples = SoakSamples.start(fleet.pid(service), minutes)) {
        RunReport report =
            new OpenLoopClient(service.target(), connections, rate)
                .run(WARM_UP, Duration.ofMinutes(minutes))
                .report();
        System.out.println(report.line());
        System.out.print(samples.table());
        System.out.println(operators.summary() + ", " + sink.messages() + " messages of spans");
        return report.isFlawless() && samples.areFlat() ? 0 : 1;
      }
    }
  }

  private List<String> arguments(int admin) {
    return List.of(
        "--admin-port", "" + admin,
        "--tracing", "on",
        "--access-log", directory.resolve(OperatorClients.ACCESS_LOG).toString(),
        "--payload-log", directory.resolve(OperatorClients.PAYLOAD_LOG).toString(),
        "--payload-log-sample", "0.1",
        "--replicas", "2",
        "--epoch-length", "10s");
  }

  private double peak(Contestant service) throws IOException {
    ClosedLoopOptions options = new ClosedLoopOptions(connections, WARM_UP, PEAK, TIMEOUT);
    return new ClosedLoopClient(service.target(), options).run().requestsPerSecond();
  }
}
