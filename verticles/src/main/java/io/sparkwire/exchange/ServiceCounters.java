package io.sparkwire.exchange;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters of one service on one node.
 *
 * <p>Thread-safe.
 */
final class ServiceCounters {

  private final LongAdder[] adders =
      Arrays.stream(ServiceCounter.values())
          .map(counter -> new LongAdder())
          .toArray(LongAdder[]::new);

  void increment(ServiceCounter counter) {
    of(counter).increment();
  }

  long sum(ServiceCounter counter) {
    return of(counter).sum();
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
