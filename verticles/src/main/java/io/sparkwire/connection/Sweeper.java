package io.sparkwire.connection;

/** What an event loop looks at now and then. Runs on: event loop. */
@FunctionalInterface
public interface Sweeper {

  /**
   * Ends what has lasted too long.
   *
   * @param now by the clock of {@link System#nanoTime}
   * @return whether there is anything that must be looked at again
   */
  boolean sweep(long now);
}
