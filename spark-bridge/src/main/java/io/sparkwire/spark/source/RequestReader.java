package io.sparkwire.spark.source;

import io.sparkwire.exchange.Service;
import io.sparkwire.intake.EpochReader;
import io.sparkwire.intake.OwnerEndedException;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.metrics.RequestsRead;
import io.sparkwire.spark.metrics.RowsRead;
import io.sparkwire.spark.metrics.TaskCount;
import io.sparkwire.spark.node.SparkNode;
import io.sparkwire.spark.row.RequestRow;
import io.sparkwire.spark.row.RequestRows;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.metric.CustomTaskMetric;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the readers of all triggers share: the node, the way to its intake, and the row at hand.
 *
 * <p>Runs on: task thread. Not thread-safe.
 */
abstract class RequestReader implements PartitionReader<InternalRow> {

  private static final Logger LOG = LoggerFactory.getLogger(RequestReader.class);

  final ServedVersion served;
  final EpochReader epoch;
  private final int partition;
  private final int replica;
  private final Service service;
  private final TaskCount requestsRead = new TaskCount(new RequestsRead());
  private final TaskCount rowsRead = new TaskCount(new RowsRead());
  private InternalRow row;

  /** Null where the request at hand has no further row. */
  private RequestRows rows;

  private boolean open;
  private volatile boolean endsTask;
  private volatile boolean failed;

  RequestReader(SparkwireInputPartition share) {
    ServingNode node = SparkNode.ofTask();
    ServedService serving = served(node, share);
    int version = share.query().version();
    this.served = serving.version(version);
    this.service = serving.service();
    this.epoch =
        node.services().epochs().reader(serving, version, share.key(), share.options().retry());
    TaskContext.get().addTaskFailureListener(this::taskFailed);
    TaskContext.get().addTaskCompletionListener(this::taskEnded);
    this.partition = share.index();
    this.replica = share.query().replica();
  }

  private static ServedService served(ServingNode node, SparkwireInputPartition share) {
    try {
      return node.services().serve(share.options().service(), share.query().owner());
    } catch (OwnerEndedException e) { // Spark has cancelled the task, which has begun all the same
      throw (TaskKilledException) new TaskKilledException(e.getMessage()).initCause(e);
    }
  }

  private void taskEnded(TaskContext context) {
    if (!failed && !context.isInterrupted()) {
      epoch.succeeded();
    }
  }

  private void taskFailed(TaskContext context, Throwable cause) {
    failed = true;
    boolean ended = endsTask || context.isInterrupted() || QueryFailures.isLostDriver(cause);
    if (!ended) { // otherwise it was interrupted, which is no request's fault
      LOG.debug("a task failed on requests", cause);
      if (epoch.failed(QueryFailures.describe(cause))) {
        failedOnRequests(context);
      }
    }
  }

  /** Its task has failed after it had handed over requests. */
  void failedOnRequests(TaskContext task) {}

  /** Moves to a request that is there now; says whether there was one. */
  final boolean poll() {
    if (showsNextRow()) {
      return true;
    }
    row = null;
    PendingRequest next = epoch.poll();
    while (next != null && !shows(next)) {
      next = epoch.poll();
    }
    return next != null;
  }

  /**
   * Moves to the next request, for which it waits until {@code deadlineNanos}; says whether there
   * is one.
   */
  final boolean take(long deadlineNanos) throws InterruptedException {
    if (showsNextRow()) {
      return true;
    }
    opened();
    PendingRequest next = epoch.take(deadlineNanos);
    while (next != null && !shows(next)) {
      next = epoch.take(deadlineNanos);
    }
    return next != null;
  }

  /** The same where an epoch cannot end by itself. */
  final boolean takeInEndlessEpoch(long deadlineNanos) throws InterruptedException {
    if (showsNextRow()) {
      return true;
    }
    opened();
    PendingRequest next = epoch.takeInEndlessEpoch(deadlineNanos);
    while (next != null && !shows(next)) {
      next = epoch.takeInEndlessEpoch(deadlineNanos);
    }
    return next != null;
  }

  /** There will be no more, and the task may fail on that. */
  final void endsTask() {
    endsTask = true;
  }

  private void opened() {
    row = null; // while it waits, it keeps no body
    if (!open) {
      open = true;
      served.readerOpened(replica);
    }
  }

  /** Makes a request the row, unless it has ended since it was taken; says whether it did. */
  private boolean shows(PendingRequest taken) {
    ServiceRequest request = taken.request();
    if (request.hasRows()) {
      rows = RequestRows.of(taken, request, service.spec()).orElse(null);
      requestsRead.increment();
      return showsNextRow();
    }
    if (request.isWhole()) {
      row = new RequestRow(request, partition);
      requestsRead.increment();
      rowsRead.increment();
      handsOver(taken, true);
    }
    return request.isWhole();
  }

  /** Moves to the next row of the request at hand; says whether it has one. */
  private boolean showsNextRow() {
    if (rows == null) {
      return false;
    }
    row = rows.next(partition);
    rowsRead.increment();
    handsOver(rows.request(), rows.isLast());
    rows = rows.isLast() ? null : rows;
    return true;
  }

  /**
   * A row is about to go into the pipeline.
   *
   * @param last whether its request has no further ones
   */
  void handsOver(PendingRequest request, boolean last) {}

  @Override
  public final CustomTaskMetric[] currentMetricsValues() {
    return new CustomTaskMetric[] {requestsRead, rowsRead};
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
      served.readerClosed(replica);
    }
  }
}
