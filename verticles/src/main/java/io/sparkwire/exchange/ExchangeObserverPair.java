package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import java.util.function.LongSupplier;

/** Two observers of the same exchanges, called in this order. Thread-safe. */
record ExchangeObserverPair(ExchangeObserver first, ExchangeObserver second)
    implements ExchangeObserver {

  @Override
  public boolean wantsTimes() {
    return first.wantsTimes() || second.wantsTimes();
  }

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

  @Override
  public void computed(ServiceRequest request, ComputeTimes times, ServiceReply reply) {
    first.computed(request, times, reply);
    second.computed(request, times, reply);
  }
}
