package io.sparkwire.spark.source;

import org.apache.spark.sql.connector.read.streaming.PartitionOffset;

/** How many epochs one partition has read to their end. Immutable. */
record SparkwirePartitionOffset(long epoch) implements PartitionOffset {}
