package io.sparkwire.spark.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * How many rows a batch of a service may have, so that computing it takes about {@value
 * #MOST_MILLIS} ms at most: clients wait for the whole batch that their row is in.
 *
 * <p>What is fast for many rows at once gets large batches; what needs long for a single row gains
 * little by them, and its rows are spread over cores. The bound doubles while full batches take
 * less than half of that time, and shrinks in proportion when one takes longer. Thread-safe.
 */
final class BatchPace implements IntSupplier {

  static final long MOST_MILLIS = 20;

  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);

  private final int mostRows;

  @GuardedBy("this")
  private int rows = 1;

  BatchPace(int mostRows) {
    this.mostRows = mostRows;
  }

  @Override
  public synchronized int getAsInt() {
    return rows;
  }

  /** A batch has been computed. */
  synchronized void computed(int size, long nanos) {
    if (nanos > MOST_NANOS) {
      rows = (int) Math.max(1, Math.min(rows, size * MOST_NANOS / nanos));
    } else if (size >= rows && nanos < MOST_NANOS / 2) {
      rows = Math.min(mostRows, 2 * rows);
    }
  }
}
