package io.sparkwire.spark.batch;

import io.sparkwire.node.ServingNode;
import io.sparkwire.spark.plan.RowWork;
import io.sparkwire.spark.source.ServedQuery;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of one partition, computed in {@link Batches}.
 *
 * <p>Thread-safe as {@link RowWork} asks.
 */
public final class BatchedRows implements RowWork<RowResult> {

  /** Rows for two batches in flight for each thread, and for one that is queued meanwhile. */
  private static final int BATCHES_HELD = 3;

  private final Batches batches;
  private final List<BatchThread> threads;
  private final LeftOutRows leftOut;

  private int started;

  private BatchedRows(
      Batches batches, List<? extends BatchComputation> computations, LeftOutRows leftOut) {
    this.batches = batches;
    this.threads = computations.stream().map(each -> new BatchThread(batches, each)).toList();
    this.leftOut = leftOut;
  }

  /**
   * Those of a task of a served query.
   *
   * @param computations one for each batch that may be computed at the same time
   */
  public static BatchedRows served(
      Batches batches,
      List<? extends BatchComputation> computations,
      RowLayout layout,
      ServedQuery query,
      ServingNode node) {
    return new BatchedRows(batches, computations, new LeftOutRows(query, layout, node));
  }

  /** Those of any other task, one batch after the other. */
  public static BatchedRows unserved(Batches batches, BatchComputation computation) {
    return new BatchedRows(batches, List.of(computation), null);
  }

  @Override
  public int window() {
    return Math.multiplyExact(BATCHES_HELD * threads.size(), batches.mostRows());
  }

  /** Rows that failed come later than others. */
  @Override
  public boolean isOrdered() {
    return false;
  }

  @Override
  public void start(InternalRow row, Consumer<RowResult> done) {
    batches.add(new Batch.Input(row, done));
    if (started == 0 || (started < threads.size() && batches.isBehind())) {
      threads.get(started).start();
      started++;
    }
  }

  @Override
  public Iterator<InternalRow> rows(RowResult result) {
    if (result.failure() != null) {
      throw new IllegalStateException(result.failure().getMessage(), result.failure());
    }
    return leftOut == null ? result.rows().iterator() : new GivenRows(result, leftOut);
  }

  @Override
  public void close() {
    threads.forEach(BatchThread::close);
  }
}
