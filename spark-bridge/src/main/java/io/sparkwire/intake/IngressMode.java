package io.sparkwire.intake;

/** Which nodes of a Spark application take its services' requests over HTTP. */
public enum IngressMode {
  /** Each executor's node. */
  WORKERS,
  /** The driver's node, which hands them to executors. */
  DRIVER,
  /** None: there are gateways. */
  NONE
}
