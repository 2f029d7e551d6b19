/** The node of a JVM as Spark starts it: with a driver or an executor, and by Spark's settings. */
package io.sparkwire.spark.node;
