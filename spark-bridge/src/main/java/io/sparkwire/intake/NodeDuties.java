package io.sparkwire.intake;

import io.sparkwire.message.NodeId;

/**
 * What a node does in the Spark application that it belongs to. Immutable.
 *
 * @param computes whether Spark's readers run in its JVM
 * @param listens whether it takes requests over HTTP
 * @param ports how many ports it tries for a service, from the one that the service asks for
 * @param driver the node whose commands it obeys; null if it has none
 */
public record NodeDuties(boolean computes, boolean listens, int ports, NodeId driver) {

  /** So many executors may share a machine. */
  static final int EXECUTOR_PORTS = 20;

  /** Queries and their readers share one JVM. */
  public static final NodeDuties WHOLE = new NodeDuties(true, true, 1, null);

  public static NodeDuties executor(NodeId driver, IngressMode ingress) {
    return new NodeDuties(true, ingress == IngressMode.WORKERS, EXECUTOR_PORTS, driver);
  }

  public static NodeDuties driver(IngressMode ingress) {
    return new NodeDuties(false, ingress == IngressMode.DRIVER, 1, null);
  }

  public boolean isExecutor() {
    return driver != null;
  }
}
