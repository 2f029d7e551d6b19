package io.sparkwire.exchange;

import java.util.function.LongSupplier;

/**
 * When the parts of one exchange began, for services that tell their clients.
 *
 * <p>Times are those of the exchange's clock; 0 if something has not happened, or not on this node.
 * Thread-safe.
 */
final class ExchangeTimes {

  /** Keeps the times of each exchange that it follows. */
  static final ExchangeObserver OBSERVER =
      new ExchangeObserver() {
        @Override
        public void opened(Exchange exchange) {
          exchange.times = new ExchangeTimes();
        }

        @Override
        public void handedOff(Exchange exchange, LongSupplier nanoTime) {
          exchange.times.handedOff = nanoTime.getAsLong();
        }

        @Override
        public void taken(Exchange exchange, LongSupplier nanoTime) {
          exchange.times.taken = nanoTime.getAsLong();
        }
      };

  private static final int NANOS_PER_MICRO = 1_000;
  private static final int MICROS_PER_MILLI = 1_000;

  private volatile long handedOff;
  private volatile long taken;
  private volatile long answered;

  private ExchangeTimes() {}

  /** The exchange has its answer; does nothing if its times are not kept. */
  static void answered(ExchangeTimes times, LongSupplier nanoTime) {
    if (times != null) {
      times.answered = nanoTime.getAsLong();
    }
  }

  /**
   * The value of {@code Server-Timing}: for the queue of the intake, the pipeline and the reply as
   * far as they are known, and for all from the head of the request on, in milliseconds.
   *
   * @param opened when the head of the request had arrived
   */
  String header(long opened, long now) {
    StringBuilder text = new StringBuilder();
    add(text, "queue", handedOff, taken);
    add(text, "pipeline", taken, answered);
    add(text, "reply", answered, now);
    add(text, "total", opened, now);
    return text.toString();
  }

  private static void add(StringBuilder text, String name, long from, long to) {
    if (from == 0 || to == 0) {
      return;
    }
    long micros = Math.max(0, to - from) / NANOS_PER_MICRO;
    text.append(text.isEmpty() ? "" : ", ").append(name).append(";dur=");
    text.append(micros / MICROS_PER_MILLI).append('.');
    text.append(Long.toString(MICROS_PER_MILLI + micros % MICROS_PER_MILLI), 1, 4);
  }
}
