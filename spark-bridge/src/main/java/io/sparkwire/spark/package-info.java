/**
 * Spark's side of serving: the DataSource V2 {@code sparkwire}, functions over columns, and the
 * facade {@link io.sparkwire.spark.Serving}.
 */
package io.sparkwire.spark;
