package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which contestants take turns.
 *
 * <p>Before the first round each is driven once, because a JVM that has only just started is not
 * what is compared. In each round every contestant is measured once for throughput, then once for
 * latency, so that what is compared was measured close together. Each round begins with another
 * contestant, so that none is always first. Where servers are to be fresh, each starts anew before
 * its turn, and is driven once again. Not thread-safe.
 */
final class Rounds {
  private final List<Contestant> contestants;
  private final Meter meter;
  private final boolean fresh;
  private final Map<Contestant, Series> series = new LinkedHashMap<>();

  /**
   * @param fresh whether each server starts anew in each round
   */
  Rounds(List<Contestant> contestants, Meter meter, boolean fresh) {
    this.contestants = contestants;
    this.meter = meter;
    this.fresh = fresh;
    contestants.forEach(each -> series.put(each, new Series(each.name(), each.standing())));
  }

  /** Runs so many rounds and gives the results in the contestants' order. */
  List<Series> run(int rounds) throws IOException, InterruptedException {
    if (!fresh) {
      for (Contestant contestant : contestants) {
        warmUp(contestant);
      }
    }
    for (int round = 0; round < rounds; round++) {
      List<Contestant> order = new ArrayList<>(contestants);
      Collections.rotate(order, -round);
      run("round " + (round + 1), order);
    }
    return List.copyOf(series.values());
  }

  private void warmUp(Contestant contestant) throws IOException, InterruptedException {
    RunReport report = meter.throughput(contestant);
    series.get(contestant).warmUp().add(report);
    say("warm-up", contestant, report);
  }

  private void run(String round, List<Contestant> order) throws IOException, InterruptedException {
    for (Contestant contestant : order) {
      if (fresh) {
        meter.startAnew(contestant);
        warmUp(contestant);
      }
      RunReport report = meter.throughput(contestant);
      series.get(contestant).throughput().add(report);
      say(round + " throughput", contestant, report);
    }
    for (Contestant contestant : order) {
      RunReport report = meter.latency(contestant);
      series.get(contestant).latency().add(report);
      say(round + " latency", contestant, report);
    }
  }

  private static void say(String what, Contestant contestant, RunReport report) {
    System.out.printf("%-18s  %-15s  %s%n", what, contestant.name(), report.line());
  }
}
