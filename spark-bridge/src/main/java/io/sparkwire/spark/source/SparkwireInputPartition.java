package io.sparkwire.spark.source;

import io.sparkwire.history.EpochShare;
import java.time.Duration;
import org.apache.spark.sql.connector.read.InputPartition;

/**
 * One reader's share of one epoch, as the driver plans it for a task. Immutable.
 *
 * @param epoch from 1; 0 under the continuous trigger, where a reader outlives epochs
 * @param index from 0
 * @param length how long the epoch lasts at most; null if the trigger alone decides
 * @param preferredLocations the executor that should read it; empty if there is but one JVM
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SparkwireInputPartition(
    SparkwireOptions options,
    QueryId query,
    long epoch,
    int index,
    Duration length,
    String[] preferredLocations)
    implements InputPartition {

  EpochShare key() {
    return new EpochShare(options.service().name(), query.checkpoint(), epoch, index);
  }
}
