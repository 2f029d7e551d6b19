/** Checks and changes of a served query's plan, and steps of it whose work is done elsewhere. */
package io.sparkwire.spark.plan;
