package io.sparkwire.httpclient.calls;

/** A service answered with a status that is no success. */
public final class UnexpectedStatusException extends RuntimeException {

  private static final long serialVersionUID = 1;

  public UnexpectedStatusException(int status, String reason) {
    super("the service answered " + status + " " + reason, null, false, false);
  }
}
