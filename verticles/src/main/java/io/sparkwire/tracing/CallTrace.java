package io.sparkwire.tracing;

/** The trace of one request, as the calls that its pipeline makes for it know it. Thread-safe. */
@FunctionalInterface
public interface CallTrace {

  /** That of a request which belongs to no trace. */
  CallTrace NONE = call -> CallSpan.NONE;

  /**
   * One request that is about to be sent to a service.
   *
   * @param url without its query and without credentials
   * @param before how often it was sent before
   */
  record Sent(String method, String url, String host, int port, int before) {}

  /** Begins its span. */
  CallSpan begin(Sent call);
}
