package io.sparkwire.spark;

import io.sparkwire.intake.EpochReader;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServingNode;
import io.sparkwire.protocol.PendingRequest;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.PartitionReader;

/**
 * What the readers of all triggers share: the node, the way to its intake, and the row at hand.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
abstract class RequestReader implements PartitionReader<InternalRow> {

  final ServedService served;
  private final EpochReader epoch;
  private final int partition;
  private InternalRow row;
  private boolean open;

  RequestReader(SparkwireInputPartition share) {
    ServingNode node = ServingNode.current();
    this.served = node.serve(share.options().service(), share.query().owner());
    this.epoch = node.reader(served, share.key());
    this.partition = share.index();
  }

  /** Moves to a request that is there now; says whether there was one. */
  final boolean poll() {
    return show(epoch.poll());
  }

  /**
   * Moves to the next request, for which it waits until {@code deadlineNanos}; says whether one
   * came.
   */
  final boolean take(long deadlineNanos) throws InterruptedException {
    if (!open) {
      open = true;
      served.readerOpened();
    }
    return show(epoch.take(deadlineNanos));
  }

  private boolean show(PendingRequest request) {
    if (request == null) {
      return false;
    }
    row = new RequestRow(request.request(), partition);
    return true;
  }

  @Override
  public final InternalRow get() {
    return row;
  }

  @Override
  public void close() {
    epoch.close();
    if (open) {
      open = false;
      served.readerClosed();
    }
  }
}
