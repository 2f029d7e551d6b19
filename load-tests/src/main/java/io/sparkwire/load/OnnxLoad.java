package io.sparkwire.load;

import io.sparkwire.load.client.RunReport;
import io.sparkwire.load.server.Contestant;
import java.io.IOException;

/**
 * How a network is asked: on so many connections at once, or by one caller with server and client
 * each on its own core.
 *
 * @param connections 0 for the one caller
 */
record OnnxLoad(int connections) {
  static final OnnxLoad SEQUENTIAL = new OnnxLoad(0);

  boolean isSequential() {
    return connections == 0;
  }

  RunReport measure(Meter meter, Contestant contestant) throws IOException, InterruptedException {
    return isSequential() ? meter.latency(contestant) : meter.throughput(contestant, connections);
  }

  @Override
  public String toString() {
    return isSequential()
        ? "sequential"
        : connections == 1 ? "1 connection" : connections + " connections";
  }
}
