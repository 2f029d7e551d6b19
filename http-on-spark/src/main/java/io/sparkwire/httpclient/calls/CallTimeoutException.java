package io.sparkwire.httpclient.calls;

/** A service did not answer in time. */
public final class CallTimeoutException extends RuntimeException {

  private static final long serialVersionUID = 1;

  CallTimeoutException(long millis) {
    super("no whole answer within " + millis + " ms", null, false, false);
  }
}
