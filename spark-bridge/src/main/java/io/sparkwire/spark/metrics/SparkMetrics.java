package io.sparkwire.spark.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.sparkwire.metrics.Metric;
import io.sparkwire.metrics.NodeMetrics;
import io.sparkwire.node.ServingNode;

/**
 * The metrics of a JVM's node in Spark's metrics system, from where any sink of Spark gets them: as
 * gauges under the names that Prometheus has, each the sum over all labels. Stateless.
 */
public final class SparkMetrics {

  private SparkMetrics() {}

  /**
   * Adds all of them; they are 0 while the JVM has no node, or one that keeps no metrics.
   *
   * @param registry of a plugin, while Spark initialises that
   */
  public static void register(MetricRegistry registry) {
    for (Metric metric : Metric.values()) {
      switch (metric.kind()) {
        case COUNTER, GAUGE -> registry.register(metric.key(), gauge(metric));
        case HISTOGRAM -> {
          registry.register(metric.key() + "_count", gauge(metric));
          registry.register(metric.key() + "_sum", sum(metric));
        }
        case INFO -> {} // has no value
      }
    }
  }

  private static Gauge<Double> gauge(Metric metric) {
    return () -> metrics() == null ? 0 : metrics().total(metric);
  }

  private static Gauge<Double> sum(Metric metric) {
    return () -> metrics() == null ? 0 : metrics().totalSeconds(metric);
  }

  private static NodeMetrics metrics() {
    return ServingNode.running().flatMap(node -> node.observers().metrics()).orElse(null);
  }
}
