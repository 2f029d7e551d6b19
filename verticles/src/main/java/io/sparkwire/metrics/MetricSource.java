package io.sparkwire.metrics;

/** What adds its metrics to those of a node. Thread-safe. */
@FunctionalInterface
public interface MetricSource {

  /**
   * Adds its values as they are now. Runs on: a thread that may block, for a moment.
   *
   * @param samples takes them
   */
  void collect(Samples samples);
}
