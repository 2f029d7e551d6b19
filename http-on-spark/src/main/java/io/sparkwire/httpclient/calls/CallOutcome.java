package io.sparkwire.httpclient.calls;

/**
 * The outcome of a call: an answer, or a failure and as much of an answer as was received.
 *
 * <p>Immutable.
 *
 * @param answer null if not even its head was received; the service's last one if there were
 *     several
 * @param attempts how often the request was sent, or sending was tried
 * @param failure null if the whole answer was received
 */
public record CallOutcome(HttpAnswer answer, int attempts, Throwable failure) {

  /** A call that cannot be made at all. */
  public static CallOutcome impossible(Throwable reason) {
    return new CallOutcome(null, 0, reason);
  }

  public boolean isWhole() {
    return failure == null;
  }

  CallOutcome withAttempts(int number) {
    return new CallOutcome(answer, number, failure);
  }
}
