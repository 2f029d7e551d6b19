package io.sparkwire.httpclient.calls;

/** A service answered with a body that cannot be read as what was expected. */
public final class InvalidBodyException extends RuntimeException {

  private static final long serialVersionUID = 1;

  InvalidBodyException(String message) {
    super(message, null, false, false);
  }
}
