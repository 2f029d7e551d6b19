package io.sparkwire.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/** How many replies a write has sent. Spark makes it by its class's name. Stateless. */
public final class RepliesSent extends CustomSumMetric {

  @Override
  public String name() {
    return "repliesSent";
  }

  @Override
  public String description() {
    return "replies sent";
  }
}
