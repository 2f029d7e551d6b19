package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import io.sparkwire.load.server.Fleet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The order in which the points of a dimension take turns: upwards in one round, downwards in the
 * next, so that drift over time favours none.
 *
 * <p>Not thread-safe.
 */
final class GrowthRounds {
  private final Dimension dimension;
  private final Fleet fleet;
  private final PointMeter meter;
  private final Growth growth;
  private final Set<Contestant> warm = new HashSet<>();

  GrowthRounds(Dimension dimension, Fleet fleet, PointMeter meter) {
    this.dimension = dimension;
    this.fleet = fleet;
    this.meter = meter;
    this.growth = new Growth(dimension);
  }

  Growth run(int rounds) throws IOException, InterruptedException {
    if (!dimension.alone()) {
      for (GrowthPoint point : dimension.points()) {
        start(point);
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (int point : order(dimension.points().size(), round)) {
        measure(point);
      }
    }
    return growth;
  }

  /** The turns of one round, as indexes of points. */
  static List<Integer> order(int points, int round) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < points; i++) {
      order.add(i);
    }
    if (round % 2 == 1) {
      Collections.reverse(order);
    }
    return order;
  }

  private void measure(int index) throws IOException, InterruptedException {
    GrowthPoint point = dimension.points().get(index);
    if (dimension.alone()) {
      endAllBut(point.servers());
      start(point);
    }
    Reading reading = meter.measure(point, dimension.figures());
    growth.add(index, reading);
    reading.reports().forEach(report -> say(point, report));
  }

  private void endAllBut(List<Contestant> servers) {
    List<Contestant> surplus = new ArrayList<>(fleet.contestants());
    surplus.removeAll(servers);
    surplus.forEach(fleet::end);
    warm.retainAll(servers);
  }

  private void start(GrowthPoint point) throws IOException, InterruptedException {
    boolean isComplete = fleet.contestants().containsAll(point.servers());
    for (Contestant server : point.servers()) {
      if (!fleet.contestants().contains(server)) {
        System.out.println("starting " + server.name());
        fleet.start(server);
      }
    }
    if (!isComplete) {
      meter.awaitRest(point.servers());
    }
    if (warm.add(point.server())) {
      growth.addWarmUp(meter.warmUp(point));
    }
  }

  private void say(GrowthPoint point, RunReport report) {
    System.out.printf("%s: %s  %s%n", dimension.name(), point.label(), report.line());
  }
}
