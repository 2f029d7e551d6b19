package io.sparkwire.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/**
 * How many replies of a write came when their request had ended. Spark makes it by its class's
 * name. Stateless.
 */
public final class RepliesInVain extends CustomSumMetric {

  @Override
  public String name() {
    return "repliesInVain";
  }

  @Override
  public String description() {
    return "replies to requests that had ended";
  }
}
