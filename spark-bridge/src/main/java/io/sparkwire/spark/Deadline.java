package io.sparkwire.spark;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The limit of a thread's wait for a condition, which it polls. Immutable.
 *
 * @param limit after which it gives up
 * @param cancelled whether the wait has lost its purpose
 */
record Deadline(Duration limit, BooleanSupplier cancelled) {

  private static final long POLL_MILLIS = 10;

  /** The same with a limit that is not longer than this. */
  Deadline atMost(Duration shorter) {
    return new Deadline(limit.compareTo(shorter) < 0 ? limit : shorter, cancelled);
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
    while (!holds && !cancelled.getAsBoolean() && System.nanoTime() - deadline < 0) {
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
