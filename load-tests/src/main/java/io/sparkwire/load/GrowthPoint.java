package io.sparkwire.load;

import io.sparkwire.load.client.ClosedLoopOptions;
import io.sparkwire.load.client.Target;
import io.sparkwire.load.client.Workload;
import io.sparkwire.load.server.Contestant;
import java.util.List;

/**
 * One value of a {@link Dimension}.
 *
 * @param label the value, as a table shows it
 * @param servers that must run and whose time counts; the first one is also pinned, and its memory
 *     measured
 * @param targets what is asked, by all connections in turn
 */
record GrowthPoint(String label, List<Contestant> servers, List<Target> targets, int connections) {

  /** One server that is asked at its own target by as many connections as anywhere. */
  static GrowthPoint of(String label, Contestant server) {
    return new GrowthPoint(
        label, List.of(server), List.of(server.target()), ClosedLoopOptions.DEFAULT_CONNECTIONS);
  }

  /** The same with another number of connections. */
  GrowthPoint with(int others) {
    return new GrowthPoint(label, servers, targets, others);
  }

  /** The same with more servers, of which it asks the one that it asked before. */
  GrowthPoint with(List<Contestant> others) {
    return new GrowthPoint(label, others, targets, connections);
  }

  /** The same with other targets. */
  GrowthPoint asking(List<Target> others) {
    return new GrowthPoint(label, servers, others, connections);
  }

  /** The same with another question. */
  GrowthPoint asking(Workload workload) {
    return asking(targets.stream().map(target -> new Target(target.url(), workload)).toList());
  }

  Contestant server() {
    return servers.get(0);
  }
}
