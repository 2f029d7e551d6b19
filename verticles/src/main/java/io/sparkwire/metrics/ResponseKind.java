package io.sparkwire.metrics;

import io.sparkwire.message.FailureCode;

/**
 * A kind of responses that are counted together. Immutable.
 *
 * @param version of the pipeline; empty if the response does not name one
 * @param status the first digit of the HTTP status
 * @param failure null if the pipeline replied
 */
public record ResponseKind(String version, int status, FailureCode failure) {

  /** The status class, as in {@code 5xx}. */
  public String statusClass() {
    return status + "xx";
  }

  /** The failure's name, as in {@code deadline-exceeded}; empty if there is none. */
  public String failureName() {
    return failure == null ? "" : failure.key();
  }
}
