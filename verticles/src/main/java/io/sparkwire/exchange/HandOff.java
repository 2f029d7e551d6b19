package io.sparkwire.exchange;

/** Where the complete requests of one service go. Runs on: event loop. */
@FunctionalInterface
public interface HandOff {

  /** Hands a request to a worker, which will answer it. */
  void accept(Exchange exchange);
}
