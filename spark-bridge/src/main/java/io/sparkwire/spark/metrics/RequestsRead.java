package io.sparkwire.spark.metrics;

import org.apache.spark.sql.connector.metric.CustomSumMetric;

/** How many requests a scan has read. Spark makes it by its class's name. Stateless. */
public final class RequestsRead extends CustomSumMetric {

  @Override
  public String name() {
    return "requestsRead";
  }

  @Override
  public String description() {
    return "requests read";
  }
}
