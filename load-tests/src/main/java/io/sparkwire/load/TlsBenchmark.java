package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.report.MarkdownTable;
import io.sparkwire.load.report.Ratios;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Contestants;
import io.sparkwire.load.server.Fleet;
import io.sparkwire.load.server.FreePort;
import io.sparkwire.load.server.Pinning;
import io.sparkwire.load.server.TlsKeystore;
import io.sparkwire.load.server.WorkDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The throughput of an echo over TLS 1.3 beside that of a bare server with the same key, on
 * connections that stay open, in alternation.
 *
 * <p>Ends with exit code 1 when any request did not get its right reply, or the median of the
 * ratios is below {@value #LEAST}.
 */
@Command(
    name = "tls",
    description = "Measures throughput over TLS beside a bare server with TLS.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TlsBenchmark implements Callable<Integer> {
  private static final double LEAST = 0.8;
  private static final List<String> TITLES = List.of("round", "bare, requests/s", "echo", "ratio");

  @Mixin private BenchmarkOptions options;

  private final Path directory = WorkDirectory.of("tls");

  public static void main(String[] args) {
    System.exit(new CommandLine(new TlsBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    TlsKeystore keystore = TlsKeystore.make(directory.resolve("tls"));
    keystore.trust();
    Contestants all =
        new Contestants(options.servers.jar(), directory.resolve("models"), FreePort::any);
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    List<Double> bare = new ArrayList<>();
    List<Double> echo = new ArrayList<>();
    try (Fleet fleet = new Fleet(options.servers.heap(), directory)) {
      Contestant limit = all.bareTls("bare-tls", keystore);
      Contestant own = all.echoTls("echo-tls", keystore);
      fleet.start(limit);
      fleet.start(own);
      Meter meter = new Meter(fleet, options, Pinning.off(), directory);
      for (int round = 0; round < options.rounds; round++) {
        bare.add(flawless(meter.throughput(limit)));
        echo.add(flawless(meter.throughput(own)));
      }
    }
    return print(bare, echo, load);
  }

  private static double flawless(RunReport report) throws IOException {
    if (!report.isFlawless()) {
      throw new IOException("FLAWED " + report.line());
    }
    return report.requestsPerSecond();
  }

  private int print(List<Double> bare, List<Double> echo, double load) {
    List<List<String>> rows =
        IntStream.range(0, bare.size())
            .mapToObj(i -> row(i + 1, bare.get(i), echo.get(i)))
            .toList();
    Ratios ratios = Ratios.perRound(echo, bare);
    System.out.print(new MarkdownTable(TITLES, rows).text());
    System.out.printf(
        Locale.ROOT,
        "median of the ratios, and their range: %s; ratio of the medians: %.2f%n",
        ratios,
        Ratios.median(echo) / Ratios.median(bare));
    System.out.printf(
        Locale.ROOT, "load average before the start: %.1f; %s%n", load, options.summary());
    return ratios.median() >= LEAST ? 0 : 1;
  }

  private static List<String> row(int round, double bare, double echo) {
    return List.of(
        "" + round,
        String.format(Locale.ROOT, "%,.0f", bare),
        String.format(Locale.ROOT, "%,.0f", echo),
        String.format(Locale.ROOT, "%.2f", echo / bare));
  }
}
