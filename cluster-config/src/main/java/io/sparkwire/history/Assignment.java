package io.sparkwire.history;

/**
 * Which share a request belongs to. Immutable.
 *
 * @param committed whether Spark has committed the share's epoch with the request in its record, so
 *     the request has taken effect
 */
record Assignment(EpochShare share, boolean committed) {

  /** By then every reply to a request whose epoch is committed has arrived, or is lost. */
  private static final long COMMITTED_SECONDS = 30;

  static Assignment to(EpochShare share) {
    return new Assignment(share, false);
  }

  static Assignment committedIn(EpochShare share) {
    return new Assignment(share, true);
  }

  /** After how many seconds it is forgotten. */
  long seconds() {
    return committed ? COMMITTED_SECONDS : SharedCalls.FORGOTTEN_SECONDS;
  }
}
