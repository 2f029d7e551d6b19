package io.sparkwire.endpoint;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;

/** A body that a protocol does not allow. An expected outcome, so it has no stack trace. */
public final class BadBodyException extends Exception {

  private static final long serialVersionUID = 1;

  private final transient ServiceFailure failure;

  public BadBodyException(FailureCode code, String detail) {
    super(detail, null, false, false);
    this.failure = ServiceFailure.of(code, detail);
  }

  /** It is not what it must be. */
  public static BadBodyException malformed(String detail) {
    return new BadBodyException(FailureCode.BAD_INPUT, detail);
  }

  /** What the client gets. */
  public ServiceFailure failure() {
    return failure;
  }
}
