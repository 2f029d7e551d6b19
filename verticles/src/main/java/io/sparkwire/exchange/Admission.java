package io.sparkwire.exchange;

/** What a service says to a new request. */
public enum Admission {
  /** There is room; an admitted request must give it back. */
  ADMITTED,
  /** As many as allowed are in flight: the client should try again soon, or another node. */
  FULL,
  /** The service is going away: the client should try another node. */
  STOPPING
}
