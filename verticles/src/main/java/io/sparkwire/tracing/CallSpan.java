package io.sparkwire.tracing;

import io.vertx.core.MultiMap;

/**
 * The span of one request to another service, or what is in its place. Runs on: one event loop.
 *
 * <p>Not thread-safe.
 */
public interface CallSpan {

  /** That of a call which belongs to no trace. */
  CallSpan NONE = headers -> {};

  /** Has the service know of the trace, and of this span as the parent of its own. */
  void writeTo(MultiMap headers);

  /**
   * It has got a response, or a part of one.
   *
   * @param failure why there is not all of it; null if there is
   */
  default void ended(int status, long bytes, Throwable failure) {}

  /** It has got no response. */
  default void failed(Throwable failure) {}
}
