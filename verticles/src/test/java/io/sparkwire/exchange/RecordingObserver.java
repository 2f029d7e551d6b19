package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * An observer that writes down each event of the exchanges of a test, with its time since the
 * exchange was opened. Thread-safe.
 */
public final class RecordingObserver implements ServiceObserver, ExchangeObserver {

  /** In their order, such as {@code answered after 4 ms}. */
  public final List<String> events = new CopyOnWriteArrayList<>();

  @Override
  public ExchangeObserver exchanges() {
    return this;
  }

  @Override
  public void opened(Exchange exchange) {
    events.add("opened");
  }

  @Override
  public void handedOff(Exchange exchange, LongSupplier nanoTime) {
    add("handed off", exchange, nanoTime);
  }

  @Override
  public void taken(Exchange exchange, LongSupplier nanoTime) {
    add("taken", exchange, nanoTime);
  }

  @Override
  public void answered(Exchange exchange, LongSupplier nanoTime) {
    add("answered", exchange, nanoTime);
  }

  @Override
  public void expired(Exchange exchange, LongSupplier nanoTime) {
    add("expired", exchange, nanoTime);
  }

  @Override
  public void abandoned(Exchange exchange, LongSupplier nanoTime) {
    add("abandoned", exchange, nanoTime);
  }

  @Override
  public void refused(HttpServerRequest request, ServiceReply reply) {
    events.add("refused with " + reply.status());
  }

  @Override
  public void computed(ServiceRequest request, ComputeTimes times, ServiceReply reply) {
    long queued = TimeUnit.NANOSECONDS.toMillis(times.queueNanos());
    long computed = TimeUnit.NANOSECONDS.toMillis(times.pipelineNanos());
    events.add("computed in " + queued + " + " + computed + " ms");
  }

  @Override
  public void replayed() {
    events.add("replayed");
  }

  @Override
  public void counted(ServiceCounter counter) {
    events.add("counted " + counter);
  }

  private void add(String event, Exchange exchange, LongSupplier nanoTime) {
    long age = nanoTime.getAsLong() - exchange.openedNanos();
    events.add(event + " after " + TimeUnit.NANOSECONDS.toMillis(age) + " ms");
  }
}
