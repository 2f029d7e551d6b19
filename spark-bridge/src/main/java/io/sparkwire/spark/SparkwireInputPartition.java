package io.sparkwire.spark;

import io.sparkwire.history.EpochKey;
import java.time.Duration;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * One reader's share of one epoch, as the driver plans it for a task. Immutable.
 *
 * @param epoch from 1; 0 under the continuous trigger, where a reader outlives epochs
 * @param index from 0
 * @param length how long the epoch lasts at most; null if the trigger alone decides
 */
record SparkwireInputPartition(
    SparkwireOptions options, QueryId query, long epoch, int index, Duration length)
    implements InputPartition {

  /** All shares of an epoch. */
  static InputPartition[] all(
      SparkwireOptions options, QueryId query, long epoch, Duration length) {
    InputPartition[] partitions = new InputPartition[options.partitions()];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = new SparkwireInputPartition(options, query, epoch, i, length);
    }
    return partitions;
  }

  EpochKey key() {
    return new EpochKey(options.service().name(), query.checkpoint(), epoch, index);
  }
}
