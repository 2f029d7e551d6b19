/**
 * What Spark's optimiser works on: types, expressions, and calls of our methods from generated
 * code.
 */
package io.sparkwire.spark.catalyst;
