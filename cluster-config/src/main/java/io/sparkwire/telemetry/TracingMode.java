package io.sparkwire.telemetry;

/** Whether a node makes traces of requests. */
public enum TracingMode {
  /** If variables or properties of OpenTelemetry say where to send them. */
  AUTO,
  ON,
  OFF
}
