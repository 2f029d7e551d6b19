package io.sparkwire.connection;

/** A periodic check of an event loop. Runs on: event loop. */
@FunctionalInterface
public interface Sweeper {

  /**
   * Ends what is past its time-out.
   *
   * @param now by the clock of {@link System#nanoTime}
   * @return whether there is anything left to check
   */
  boolean sweep(long now);
}
