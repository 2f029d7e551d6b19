package io.sparkwire.load;

import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;

/**
 * One comparison: the servers of its contestants side by side, measured in turns, and ended.
 *
 * @param directory for logs and what servers write
 */
record Comparison(BenchmarkOptions options, Path directory) {

  BenchmarkReport of(List<Contestant> contestants) throws IOException, InterruptedException {
    double loadBefore = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    try (Fleet fleet = new Fleet(options.servers.heap(), directory)) {
      for (Contestant contestant : contestants) {
        System.out.println("starting " + contestant.name());
        start(fleet, contestant);
      }
      Meter meter = new Meter(fleet, options, options.pinning(), directory);
      List<Series> results = new Rounds(contestants, meter, options.fresh).run(options.rounds);
      return new BenchmarkReport(results, loadBefore, meter.idlePercent());
    }
  }

  /** A peer that does not start is tried again in each round. */
  private static void start(Fleet fleet, Contestant contestant)
      throws IOException, InterruptedException {
    try {
      fleet.start(contestant);
    } catch (IOException e) {
      if (contestant.standing() != Contestant.Standing.PEER) {
        throw e;
      }
      System.out.println(e.getMessage());
    }
  }
}
