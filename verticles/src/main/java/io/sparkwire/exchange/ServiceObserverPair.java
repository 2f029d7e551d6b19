package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.vertx.core.http.HttpServerRequest;

/** Two observers of the same service, called in this order. Thread-safe. */
final class ServiceObserverPair implements ServiceObserver {

  private final ServiceObserver first;
  private final ServiceObserver second;
  private final ExchangeObserver exchanges;

  ServiceObserverPair(ServiceObserver first, ServiceObserver second) {
    this.first = first;
    this.second = second;
    this.exchanges = ExchangeObserver.both(first.exchanges(), second.exchanges());
  }

  @Override
  public ExchangeObserver exchanges() {
    return exchanges;
  }

  @Override
  public void refused(HttpServerRequest request, ServiceReply reply) {
    first.refused(request, reply);
    second.refused(request, reply);
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
