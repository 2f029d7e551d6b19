package io.sparkwire.history;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The timeouts of a shared history: how long a task waits for the nodes that keep it, and how long
 * they keep what no task asks for. Stateless.
 */
final class SharedCalls {

  /** An entry that was not written again for that long is forgotten. */
  static final long FORGOTTEN_SECONDS = TimeUnit.HOURS.toSeconds(1);

  private static final long SECONDS = 5;

  private SharedCalls() {}

  /**
   * Waits for the outcome. Runs on: task thread, driver.
   *
   * @throws IllegalStateException if there is none in time, or it is a failure; what was asked may
   *     then be done or not
   */
  static <T> T await(CompletionStage<T> outcome) {
    try {
      return outcome.toCompletableFuture().get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("the history could not be shared: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the history was shared", e);
    }
  }
}
