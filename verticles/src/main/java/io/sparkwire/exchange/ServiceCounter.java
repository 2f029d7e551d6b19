package io.sparkwire.exchange;

/**
 * The counters of a service on each node, from when it was opened there. The order is that of the
 * JSON, and the names in it never change.
 */
public enum ServiceCounter {
  /**
   * Requests that were admitted: the sum of the answered, expired and abandoned ones, and of those
   * in flight that have no answer.
   */
  ADMITTED("admitted"),
  /** Requests that were refused at once. */
  REFUSED("refused"),
  /** Admitted requests that got a reply or a failure. */
  ANSWERED("answered"),
  /** Admitted requests that had no answer at their deadline. */
  EXPIRED("expired"),
  /** Admitted requests whose client left before they had an answer. */
  ABANDONED("abandoned"),
  /** Answers to an exchange that had just ended; one that is forgotten by then counts none. */
  LATE_ANSWERS("lateAnswers"),
  /** Requests that got a 500 because the pipeline failed on them too often. */
  QUARANTINED("quarantined"),
  /** Requests that ended before their body was complete; no other counter has them. */
  INCOMPLETE("incomplete"),
  /** Replies that could not be written completely: the client did not read in time, or left. */
  UNREAD("unread"),
  /** Rows that were dropped because their request had its reply already. */
  SECOND_ROWS("secondRows");

  private final String key;

  ServiceCounter(String key) {
    this.key = key;
  }

  /** Its name in JSON and in the documentation. */
  public String key() {
    return key;
  }
}
