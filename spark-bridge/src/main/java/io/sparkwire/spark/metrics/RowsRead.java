package io.sparkwire.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/** How many rows these requests had. Spark makes it by its class's name. Stateless. */
public final class RowsRead extends CustomSumMetric {

  @Override
  public String name() {
    return "requestRowsRead";
  }

  @Override
  public String description() {
    return "rows of these requests";
  }
}
