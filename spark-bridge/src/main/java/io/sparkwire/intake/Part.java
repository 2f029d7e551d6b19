package io.sparkwire.intake;

import io.sparkwire.protocol.NodeId;

/**
 * What a node does in the Spark application that it belongs to. Immutable.
 *
 * @param computes whether Spark's readers run in its JVM
 * @param listens whether it takes requests over HTTP
 * @param ports how many ports it tries for a service, from the one that this asks for
 * @param driver the node whose orders it follows; null if it has none
 */
public record Part(boolean computes, boolean listens, int ports, NodeId driver) {

  /** So many executors may share a machine. */
  static final int EXECUTOR_PORTS = 20;

  /** Queries and their readers share one JVM. */
  public static final Part WHOLE = new Part(true, true, 1, null);

  public static Part executor(NodeId driver, Ingress ingress) {
    return new Part(true, ingress == Ingress.WORKERS, EXECUTOR_PORTS, driver);
  }

  public static Part driver(Ingress ingress) {
    return new Part(false, ingress == Ingress.DRIVER, 1, null);
  }

  boolean isExecutor() {
    return driver != null;
  }
}
