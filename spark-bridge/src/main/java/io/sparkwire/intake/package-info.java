/**
 * The node inside a Spark JVM: intakes, what readers pull from them, and replies. Knows no Spark.
 */
package io.sparkwire.intake;
