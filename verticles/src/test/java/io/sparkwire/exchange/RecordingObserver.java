package io.sparkwire.exchange;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * An observer that writes down each event of the exchanges of a test, with its time since the
 * exchange was opened. Thread-safe.
 */
public final class RecordingObserver implements ExchangeObserver {

  /** In their order, such as {@code answered after 4 ms}. */
  public final List<String> events = new CopyOnWriteArrayList<>();

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

  private void add(String event, Exchange exchange, LongSupplier nanoTime) {
    long age = nanoTime.getAsLong() - exchange.openedNanos();
    events.add(event + " after " + TimeUnit.NANOSECONDS.toMillis(age) + " ms");
  }
}
