package io.sparkwire.spark.batch;

import io.sparkwire.spark.batch.Batch.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of a task that wait to be computed, as batches: each has all that is queued, up to a
 * number of rows and of bytes, and waits for no more. So a row goes alone at low load, and batches
 * grow with the load.
 *
 * <p>{@link #add} runs on the feeder thread, all other methods on the task's {@link BatchThread}.
 */
public final class Batches {

  /** About so many bytes are in a batch at most, unless its only row is larger. */
  static final long MOST_BYTES = 8L << 20;

  private final BlockingQueue<Input> queued = new LinkedBlockingQueue<>();
  private final Deque<Batch> again = new ArrayDeque<>();
  private final int mostRows;
  private final ToLongFunction<InternalRow> size;

  /**
   * @param size about how many bytes of a row are computed
   */
  public Batches(int mostRows, ToLongFunction<InternalRow> size) {
    this.mostRows = mostRows;
    this.size = size;
  }

  void add(Input input) {
    queued.add(input);
  }

  int mostRows() {
    return mostRows;
  }

  /** The next batch, for which it waits. */
  Batch take() throws InterruptedException {
    return again.isEmpty() ? from(queued.take()) : again.poll();
  }

  /** The next batch; null if nothing is queued. */
  public Batch poll() {
    if (!again.isEmpty()) {
      return again.poll();
    }
    Input first = queued.poll();
    return first == null ? null : from(first);
  }

  private Batch from(Input first) {
    List<Input> inputs = new ArrayList<>();
    long bytes = 0;
    for (Input next = first; next != null; next = isFull(inputs, bytes) ? null : queued.poll()) {
      inputs.add(next);
      bytes += size.applyAsLong(next.row());
    }
    return new Batch(inputs, 0);
  }

  private boolean isFull(List<Input> inputs, long bytes) {
    return inputs.size() >= mostRows || bytes >= MOST_BYTES;
  }

  /** Has batches come next, in this order, before all others. */
  public void again(List<Batch> batches) {
    List<Batch> others = List.copyOf(again);
    again.clear();
    again.addAll(batches);
    again.addAll(others);
  }
}
