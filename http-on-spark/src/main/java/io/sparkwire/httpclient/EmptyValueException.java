package io.sparkwire.httpclient;

/** There is nothing to send, or nothing came back: null. */
public final class EmptyValueException extends RuntimeException {

  private static final long serialVersionUID = 1;

  EmptyValueException(String message) {
    super(message, null, false, false);
  }
}
