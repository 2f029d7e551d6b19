package io.sparkwire.spark;

/**
 * The health of one query replica: whether it runs, why it does not, and how often it has failed in
 * a row.
 *
 * <p>Thread-safe: the replica's own thread writes it, any thread reads it. Runs on: driver.
 */
final class ReplicaHealth {

  /** Failures in a row after which nothing is expected of it for the time being. */
  private static final int MOST_FAILURES = 3;

  private volatile Condition condition = Condition.RUNNING;
  private volatile int failuresInARow;

  /** How it is; a run that was told to end is still RUNNING until it has. */
  private enum State {
    RUNNING,
    /** Its last run has ended; it is started again, or the new run has not got anywhere yet. */
    RESTARTING,
    /** It is not started again. */
    FAILED
  }

  /**
   * A state and its cause, which change together.
   *
   * @param cause of its state; null while it runs, or if it was stopped from outside
   */
  private record Condition(State state, Throwable cause) {
    static final Condition RUNNING = new Condition(State.RUNNING, null);
  }

  /**
   * A run has ended.
   *
   * @param worked whether it got somewhere before, so that no earlier failure counts
   */
  void countFailure(boolean worked) {
    failuresInARow = worked ? 1 : failuresInARow + 1;
  }

  int failuresInARow() {
    return failuresInARow;
  }

  /** It is going to be started again after that failure; null if it was stopped from outside. */
  void restarting(Throwable failure) {
    condition = new Condition(State.RESTARTING, failure);
  }

  /** It is not started again after that failure. */
  void failed(Throwable failure) {
    condition = new Condition(State.FAILED, failure);
  }

  /** A run has got somewhere. */
  void recovered() {
    failuresInARow = 0;
    condition = Condition.RUNNING;
  }

  boolean hasFailed() {
    return condition.state() == State.FAILED;
  }

  /** Why it fails at the moment, or has failed for good; null while it works. */
  Throwable trouble() {
    return condition.cause();
  }

  /** Whether it has failed so often that nothing is expected of it for the time being. */
  boolean isFailing() {
    return hasFailed() || failuresInARow >= MOST_FAILURES;
  }

  /** Why it gave up, or null. */
  Throwable fatal() {
    Condition now = condition;
    return now.state() == State.FAILED ? now.cause() : null;
  }
}
