package io.sparkwire.spark.source;

import org.apache.spark.sql.connector.read.streaming.PartitionOffset;

/**
 * How many rows a task under the continuous trigger has read; never in a checkpoint. Immutable.
 *
 * @param task the number of its attempt
 */
record RowsRead(long task, long rows) implements PartitionOffset {}
