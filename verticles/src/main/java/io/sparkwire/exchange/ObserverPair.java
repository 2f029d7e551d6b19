package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.LongSupplier;

/** Two observers of the same service, called in this order. Thread-safe. */
record ObserverPair(ServiceObserver first, ServiceObserver second) implements ServiceObserver {

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
  public void refused(HttpServerRequest request, ServiceReply reply) {
    first.refused(request, reply);
    second.refused(request, reply);
  }

  @Override
  public void computed(ServiceRequest request, ComputeTimes times, ServiceReply reply) {
    first.computed(request, times, reply);
    second.computed(request, times, reply);
  }

  @Override
  public void counted(ServiceCounter counter) {
    first.counted(counter);
    second.counted(counter);
  }

  @Override
  public void epochBegan(String query, int partition, long epoch) {
    first.epochBegan(query, partition, epoch);
    second.epochBegan(query, partition, epoch);
  }

  @Override
  public void epochEnded(String query, int partition, long epoch, boolean succeeded) {
    first.epochEnded(query, partition, epoch, succeeded);
    second.epochEnded(query, partition, epoch, succeeded);
  }

  @Override
  public void replayed() {
    first.replayed();
    second.replayed();
  }

  @Override
  public void quarantined(String request, int attempts, String cause) {
    first.quarantined(request, attempts, cause);
    second.quarantined(request, attempts, cause);
  }

  @Override
  public void restarted(String cause, String message) {
    first.restarted(cause, message);
    second.restarted(cause, message);
  }

  @Override
  public void switchedTo(int version) {
    first.switchedTo(version);
    second.switchedTo(version);
  }
}
