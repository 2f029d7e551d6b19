package io.sparkwire.history;

/** What a new attempt at an epoch hands over again. */
public enum Replay {
  /** The unfinished requests: enough where each row makes its own reply. */
  UNFINISHED,
  /**
   * All requests of the epoch, answered or not, and no others once a task has read it to its end:
   * for queries with state or a second sink, which must see the same rows again.
   */
  EXACT
}
