/** Metrics of services as Spark's own: of its scans and writes, and in its metrics system. */
package io.sparkwire.spark.metrics;
