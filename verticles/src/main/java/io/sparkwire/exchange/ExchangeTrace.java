package io.sparkwire.exchange;

import io.sparkwire.message.ServiceRequest;

/**
 * The trace of one exchange, which an observer has begun because its request is sampled.
 *
 * <p>Runs on: the event loop of the exchange. Implementations do not block and do not throw.
 */
public interface ExchangeTrace {

  /** The trace that its spans belong to, in 32 hexadecimal digits. Any thread. */
  String traceId();

  /**
   * The client has sent all. Nothing has been handed off, so this is the last time at which the
   * header fields of the request may change.
   */
  void received(ServiceRequest request);

  /**
   * The reply has been written, or could not be. It comes after the observer was told of the end.
   *
   * @param complete whether all of it was written
   */
  void written(boolean complete);
}
