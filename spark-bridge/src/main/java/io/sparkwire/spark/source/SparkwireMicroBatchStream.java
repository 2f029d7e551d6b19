package io.sparkwire.spark.source;

import io.sparkwire.control.ServiceControl;
import io.sparkwire.control.VersionStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;
import org.apache.spark.sql.connector.read.streaming.ReadLimit;
import org.apache.spark.sql.connector.read.streaming.SupportsAdmissionControl;

/**
 * The stream of epochs under the micro-batch trigger.
 *
 * <p>One step of the offset is one epoch. An epoch that will stay open begins at once; one that
 * will be drained begins when requests are queued, so that an idle service runs no batches. Which
 * of the two it is, the first epoch finds out. Runs on: driver.
 */
class SparkwireMicroBatchStream extends EpochStream
    implements MicroBatchStream, SupportsAdmissionControl {

  /** How long Spark's thread waits for a request before it returns to Spark. */
  private static final long IDLE_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private long firstEpoch;
  private long lastEnded;

  SparkwireMicroBatchStream(SparkwireOptions options, QueryId query) {
    super(options, query);
    StaticSides.refresh(); // an epoch that was planned before may be the first
  }

  @Override
  public final Offset latestOffset(Offset start, ReadLimit limit) {
    beginPlanning();
    SparkwireOffset ended = SparkwireOffset.checked(start, SparkwireOffset.class);
    if (ended.epoch() > lastEnded) {
      epochEnded(ended.epoch());
    }
    return begins(control()) ? ended.next() : ended;
  }

  /** Spark asks for the next epoch once it is through with this one. */
  private void epochEnded(long epoch) {
    lastEnded = epoch;
    if (RowPassage.ofCurrentThread().filter(RowPassage::endsWithEpoch).isPresent()) {
      control().epochEnded(query.checkpoint(), epoch);
    }
  }

  private boolean begins(ServiceControl service) {
    VersionStatus status = service.version(query.version());
    if (!status.known()) {
      return true;
    }
    return !status.ending()
        && (!status.drained() || service.awaitRequest(query.version(), IDLE_WAIT_NANOS));
  }

  @Override
  public final Offset latestOffset() {
    throw new IllegalStateException("Spark asks a source with admission control for a range");
  }

  @Override
  public final InputPartition[] planInputPartitions(Offset start, Offset end) {
    long epoch = SparkwireOffset.checked(end, SparkwireOffset.class).epoch();
    Duration length = isFirst(epoch) ? query.firstEpoch() : options.epochs().length();
    return partitions(epoch, length);
  }

  /** Whether it is the first epoch of this run, and has a length of its own. */
  final boolean isFirst(long epoch) {
    firstEpoch = firstEpoch == 0 ? epoch : firstEpoch;
    return epoch == firstEpoch && query.firstEpoch() != null;
  }

  @Override
  public final PartitionReaderFactory createReaderFactory() {
    return new SparkwirePartitionReaderFactory();
  }

  /** Spark calls it when it is about to plan the next epoch. */
  @Override
  public final void commit(Offset end) {
    StaticSides.refresh();
    long epoch = SparkwireOffset.checked(end, SparkwireOffset.class).epoch();
    control().committed(query.checkpoint(), epoch);
  }
}
