/**
 * What users of Spark import: the facade {@link io.sparkwire.spark.Serving}, functions over
 * columns, and the supervision of serving queries.
 */
package io.sparkwire.spark;
