/** Checks and changes of a served query's plan. */
package io.sparkwire.spark.plan;
