package io.sparkwire.httpclient.calls;

/**
 * How a call ended: with an answer, or with a failure and as much of an answer as came.
 *
 * <p>Immutable.
 *
 * @param answer null if not even its head came; the service's last one if there were several
 * @param attempts how often the request was sent, or was tried to be
 * @param failure null if the answer came whole
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
