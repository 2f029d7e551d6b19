package io.sparkwire.spark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * How long a thread is ready to wait for something, looking again and again. Immutable.
 *
 * @param limit after which it gives up
 * @param inVain tells that there is nothing to wait for any more
 */
record Deadline(Duration limit, BooleanSupplier inVain) {

  private static final long POLL_MILLIS = 10;

  /** The same with a limit that is not longer than this. */
  Deadline atMost(Duration shorter) {
    return new Deadline(limit.compareTo(shorter) < 0 ? limit : shorter, inVain);
  }

  long seconds() {
    return limit.toSeconds();
  }

  /**
   * Waits until the condition holds; says whether it does.
   *
   * @throws IllegalStateException if the thread was interrupted
   */
  boolean await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    boolean holds = condition.getAsBoolean();
    while (!holds && !inVain.getAsBoolean() && System.nanoTime() - deadline < 0) {
      pause();
      holds = condition.getAsBoolean();
    }
    return holds;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a query", e);
    }
  }
}
