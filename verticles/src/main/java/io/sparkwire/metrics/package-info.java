/**
 * Metrics of a node, for Prometheus.
 *
 * <p>Each service has {@link io.sparkwire.metrics.ServiceMetrics}, which observe what it does.
 * {@link io.sparkwire.metrics.NodeMetrics} has all of them, and what other packages {@linkplain
 * io.sparkwire.metrics.MetricSource add}. {@link io.sparkwire.metrics.Metric} lists all metrics.
 */
package io.sparkwire.metrics;
