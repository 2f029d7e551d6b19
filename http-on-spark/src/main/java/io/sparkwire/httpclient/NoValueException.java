package io.sparkwire.httpclient;

/** There is nothing to send, or nothing was returned: null. */
public final class NoValueException extends RuntimeException {

  private static final long serialVersionUID = 1;

  NoValueException(String message) {
    super(message, null, false, false);
  }
}
