package io.sparkwire.spark.source;

import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.streaming.ContinuousPartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.ContinuousStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.PartitionOffset;

/**
 * The stream of epochs under the continuous trigger, where readers outlive epochs.
 *
 * <p>What its readers left unfinished is therefore kept under one key for the whole run, and a
 * restarted query finds it there. Runs on: driver.
 */
final class SparkwireContinuousStream extends EpochStream implements ContinuousStream {

  static final long ANY_EPOCH = 0;

  private SparkwireOffset ended = SparkwireOffset.INITIAL;

  SparkwireContinuousStream(SparkwireOptions options, QueryId query) {
    super(options, query);
  }

  @Override
  public synchronized InputPartition[] planInputPartitions(Offset start) {
    beginPlanning();
    ended = SparkwireOffset.checked(start, SparkwireOffset.class);
    return partitions(ANY_EPOCH, null);
  }

  @Override
  public synchronized Offset mergeOffsets(PartitionOffset[] offsets) {
    ended = ended.next();
    return ended;
  }

  @Override
  public ContinuousPartitionReaderFactory createContinuousReaderFactory() {
    return new SparkwirePartitionReaderFactory.Continuous();
  }

  @Override
  public void commit(Offset end) {
    // Finished requests leave the history by themselves; the others are still the readers' own.
  }
}
