package io.sparkwire.endpoint;

import io.sparkwire.exchange.ExchangeLoop;

/** Makes what takes the requests of one service and hands them to its pipeline. */
@FunctionalInterface
public interface RequestHandlers {

  /**
   * The handler of one event loop for bodies in that format. What is answered goes to the responder
   * of each request. Runs on: that event loop.
   */
  EndpointHandler of(ExchangeLoop loop, BodyFormat format);
}
