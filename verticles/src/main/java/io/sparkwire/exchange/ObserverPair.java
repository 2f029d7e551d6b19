package io.sparkwire.exchange;

import java.util.function.LongSupplier;

/** Two observers of the same exchanges, called in this order. Thread-safe. */
record ObserverPair(ExchangeObserver first, ExchangeObserver second) implements ExchangeObserver {

  @Override
  public void opened(Exchange exchange) {
    first.opened(exchange);
    second.opened(exchange);
  }

  @Override
  public void handedOff(Exchange exchange, LongSupplier nanoTime) {
    first.handedOff(exchange, nanoTime);
    second.handedOff(exchange, nanoTime);
  }

  @Override
  public void taken(Exchange exchange, LongSupplier nanoTime) {
    first.taken(exchange, nanoTime);
    second.taken(exchange, nanoTime);
  }

  @Override
  public void answered(Exchange exchange, LongSupplier nanoTime) {
    first.answered(exchange, nanoTime);
    second.answered(exchange, nanoTime);
  }

  @Override
  public void expired(Exchange exchange, LongSupplier nanoTime) {
    first.expired(exchange, nanoTime);
    second.expired(exchange, nanoTime);
  }

  @Override
  public void abandoned(Exchange exchange, LongSupplier nanoTime) {
    first.abandoned(exchange, nanoTime);
    second.abandoned(exchange, nanoTime);
  }
}
