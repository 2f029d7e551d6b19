/**
 * Intakes of a Spark JVM: what readers of partitions pull from them, and replies. Knows no Spark.
 */
package io.sparkwire.intake;
