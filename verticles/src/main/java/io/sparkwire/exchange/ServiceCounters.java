package io.sparkwire.exchange;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The counters of one service on one node. How its exchanges end, they observe; the rest is
 * reported to them.
 *
 * <p>Thread-safe.
 */
final class ServiceCounters implements ServiceObserver, ExchangeObserver {

  private final LongAdder[] adders =
      Arrays.stream(ServiceCounter.values())
          .map(counter -> new LongAdder())
          .toArray(LongAdder[]::new);

  @Override
  public ExchangeObserver exchanges() {
    return this;
  }

  void increment(ServiceCounter counter) {
    of(counter).increment();
  }

  @Override
  public void counted(ServiceCounter counter) {
    increment(counter);
  }

  @Override
  public void quarantined(String request, int attempts, String cause) {
    increment(ServiceCounter.QUARANTINED);
  }

  @Override
  public void answered(Exchange exchange, LongSupplier nanoTime) {
    ended(exchange, ServiceCounter.ANSWERED);
  }

  @Override
  public void expired(Exchange exchange, LongSupplier nanoTime) {
    ended(exchange, ServiceCounter.EXPIRED);
  }

  @Override
  public void abandoned(Exchange exchange, LongSupplier nanoTime) {
    ended(exchange, ServiceCounter.ABANDONED);
  }

  private void ended(Exchange exchange, ServiceCounter how) {
    switch (exchange.room()) {
      case OWN -> increment(how);
      case NONE -> increment(ServiceCounter.INCOMPLETE);
      case REFUSED, HANDED_OVER -> {} // counted as refused, or with the exchange that has the room
    }
  }

  long sum(ServiceCounter counter) {
    return of(counter).sum();
  }

  /** How many admitted requests have ended, in whatever way. */
  long ended() {
    return sum(ServiceCounter.ANSWERED)
        + sum(ServiceCounter.EXPIRED)
        + sum(ServiceCounter.ABANDONED);
  }

  /** By its place, since no number is kept: an array costs a request less than any map. */
  @SuppressWarnings("EnumOrdinal")
  private LongAdder of(ServiceCounter counter) {
    return adders[counter.ordinal()];
  }

  /** A reading of all; each is exact, but not all are of the same instant. */
  Service.Counts read() {
    Map<ServiceCounter, Long> sums = new EnumMap<>(ServiceCounter.class);
    for (ServiceCounter counter : ServiceCounter.values()) {
      sums.put(counter, sum(counter));
    }
    return new Service.Counts(sums);
  }
}
