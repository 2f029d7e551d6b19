package io.sparkwire.httpclient.calls;

/** A service sent a body that is over the limit. */
public final class BodyTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1;

  BodyTooLargeException(int limit) {
    super(
        "the body is larger than the " + limit + " bytes that are allowed; raise maxBody",
        null,
        false,
        false);
  }
}
