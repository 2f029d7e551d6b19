package io.sparkwire.exchange;

/** What a service says to a new request. */
public enum Admission {
  /** Come in; whoever was admitted must leave again. */
  ADMITTED,
  /** As many as allowed are in flight: the client should try again soon, or another node. */
  FULL,
  /** The service is going away: the client should try another node. */
  STOPPING
}
