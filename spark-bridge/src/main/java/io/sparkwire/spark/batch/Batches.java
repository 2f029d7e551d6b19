package io.sparkwire.spark.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.sparkwire.spark.batch.Batch.Input;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import java.util.function.ToLongFunction;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of a task that wait to be computed, as batches: each has all that is queued, up to a
 * number of rows and of bytes, and waits for no more. So a row goes alone at low load, and batches
 * grow with the load.
 *
 * <p>{@link #add} runs on the feeder thread, all other methods on the task's {@link BatchThread}s.
 * Thread-safe.
 */
public final class Batches {

  /** About so many bytes are in a batch at most, unless its only row is larger. */
  static final long MOST_BYTES = 8L << 20;

  private final BlockingQueue<Input> queued = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  @GuardedBy("this")
  private final Deque<Batch> again = new ArrayDeque<>();

  private final int mostRows;
  private final IntSupplier rowsNow;
  private final ToLongFunction<InternalRow> size;

  /**
   * @param size about how many bytes of a row are computed
   */
  public Batches(int mostRows, ToLongFunction<InternalRow> size) {
    this(mostRows, () -> mostRows, size);
  }

  /**
   * Batches whose bound changes.
   *
   * @param rowsNow how many rows a batch has at most now, from 1 to {@code mostRows}
   */
  Batches(int mostRows, IntSupplier rowsNow, ToLongFunction<InternalRow> size) {
    this.mostRows = mostRows;
    this.rowsNow = rowsNow;
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
    Batch next = nextAgain();
    if (next != null) {
      return next;
    }
    waiting.incrementAndGet();
    try {
      return from(queued.take());
    } finally {
      waiting.decrementAndGet();
    }
  }

  /** The next batch; null if nothing is queued. */
  public Batch poll() {
    Batch next = nextAgain();
    if (next != null) {
      return next;
    }
    Input first = queued.poll();
    return first == null ? null : from(first);
  }

  private synchronized Batch nextAgain() {
    return again.poll();
  }

  /** Whether rows are queued and no thread waits for any. */
  boolean isBehind() {
    return waiting.get() == 0 && !queued.isEmpty();
  }

  private Batch from(Input first) {
    int most = rowsNow.getAsInt();
    List<Input> inputs = new ArrayList<>();
    long bytes = 0;
    for (Input next = first;
        next != null;
        next = isFull(inputs, most, bytes) ? null : queued.poll()) {
      inputs.add(next);
      bytes += size.applyAsLong(next.row());
    }
    return new Batch(inputs, 0);
  }

  private boolean isFull(List<Input> inputs, int most, long bytes) {
    return inputs.size() >= most || bytes >= MOST_BYTES;
  }

  /** Has batches come next, in this order, before all others. */
  public synchronized void again(List<Batch> batches) {
    List<Batch> others = List.copyOf(again);
    again.clear();
    again.addAll(batches);
    again.addAll(others);
  }
}
