package io.sparkwire.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomMetric;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;

/**
 * What one task has counted of what its operator shows in Spark's UI. Runs on: task thread. Not
 * thread-safe.
 */
public final class TaskCount implements CustomTaskMetric {

  private final CustomMetric shown;
  private long value;

  /**
   * @param shown the sum of all tasks
   */
  public TaskCount(CustomMetric shown) {
    this.shown = shown;
  }

  public void increment() {
    value++;
  }

  @Override
  public String name() {
    return shown.name();
  }

  @Override
  public long value() {
    return value;
  }
}
