package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopClient;
import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.Recording;
import io.sparkwire.load.client.Requests;
import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.client.SequentialLatencyClient;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command line of both clients: {@code throughput} and {@code latency}.
 *
 * <p>Prints one line, {@link RunReport#line()}. Ends with exit code 1 when a reply was wrong or
 * lost, and for {@code latency} also when one was not 200.
 */
@Command(
    name = "client",
    description = "Drives one server and checks every reply.",
    mixinStandardHelpOptions = true)
public final class ClientCommand {
  /** The last line of a client's output begins with this. */
  public static final String REPORT = "report: ";

  private static final String FIELD = "A further header field, as NAME: VALUE.";
  private static final String EXCHANGES =
      "Directory with pairs of files NAME.request and NAME.reply, instead of a workload.";
  private static final String TOLERANCE =
      "Each connection sends all of the exchanges in turns, and numbers in a reply of JSON may be off"
          + " by this.";
  private static final double MILLIS_PER_SECOND = 1_000;

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  static CommandLine commandLine() {
    return new CommandLine(new ClientCommand()).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Command(description = "Many connections, one request outstanding on each.")
  int throughput(
      @Option(names = "--url", required = true) URI url,
      @Option(names = "--workload", defaultValue = "echo") Workload workload,
      @Option(names = "--field", defaultValue = "", description = FIELD) String field,
      @Option(names = "--exchanges", description = EXCHANGES) Path exchanges,
      @Option(names = "--tolerance", description = TOLERANCE) Double tolerance,
      @Option(names = "--connections", defaultValue = "" + ClosedLoopOptions.DEFAULT_CONNECTIONS)
          int connections,
      @Option(names = "--warm-up", defaultValue = "2", description = "Seconds.") double warmUp,
      @Option(names = "--seconds", defaultValue = "5") double seconds,
      @Option(names = "--timeout", defaultValue = "5", description = "Seconds.") double timeout)
      throws IOException {
    ClosedLoopOptions options =
        new ClosedLoopOptions(
            connections, ofSeconds(warmUp), ofSeconds(seconds), ofSeconds(timeout));
    RunReport report;
    if (exchanges == null) {
      report = new ClosedLoopClient(new Target(url, workload, field), options).run();
    } else if (tolerance == null) {
      report = ClosedLoopClient.ofRecorded(exchanges, url, options).run();
    } else {
      report = ClosedLoopClient.inTurns(exchanges, url, tolerance, options).run();
    }
    print(report);
    return report.isCorrect() ? 0 : 1;
  }

  @Command(description = "One connection, one request after the other.")
  int latency(
      @Option(names = "--url", required = true) URI url,
      @Option(names = "--workload", defaultValue = "echo") Workload workload,
      @Option(names = "--field", defaultValue = "", description = FIELD) String field,
      @Option(names = "--exchanges", description = EXCHANGES) Path exchanges,
      @Option(names = "--tolerance", defaultValue = "0", description = TOLERANCE) double tolerance,
      @Option(names = "--warm-up", defaultValue = "10000", description = "Requests.") int warmUp,
      @Option(names = "--requests", defaultValue = "20000") int requests,
      @Option(names = "--limit", defaultValue = "30", description = "Seconds, for each of both.")
          double limit,
      @Option(names = "--timeout", defaultValue = "5", description = "Seconds.") double timeout)
      throws IOException {
    Requests asked = exchanges == null ? workload : new Recording(exchanges, tolerance);
    RunReport report =
        new SequentialLatencyClient(new Target(url, asked, field), ofSeconds(timeout))
            .run(warmUp, requests, ofSeconds(limit));
    print(report);
    return report.isFlawless() ? 0 : 1;
  }

  private static Duration ofSeconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * MILLIS_PER_SECOND));
  }

  private static void print(RunReport report) {
    System.out.println(REPORT + report.line());
  }
}
