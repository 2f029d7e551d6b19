package io.sparkwire.load.client;

import java.time.Duration;
import java.util.Arrays;

/** The longest wait of any request in each tenth of a second of a run. Not thread-safe. */
public final class Timeline {

  /** The width of one slot. */
  public static final Duration SLOT = Duration.ofMillis(100);

  private static final double NANOS_PER_MILLI = 1_000_000;

  private final long[] worst;

  Timeline(Duration run) {
    worst = new long[(int) (run.toNanos() / SLOT.toNanos()) + 1];
  }

  /**
   * @param at when the request should have been sent, in nanoseconds since the run began; what lies
   *     outside of the run is left out
   */
  void add(long at, long waitedNanos) {
    int slot = (int) Math.floorDiv(at, SLOT.toNanos());
    if (slot >= 0 && slot < worst.length) {
      worst[slot] = Math.max(worst[slot], waitedNanos);
    }
  }

  /** Milliseconds, slot by slot; 0 where no request was due. */
  public double[] millis() {
    return Arrays.stream(worst).mapToDouble(nanos -> nanos / NANOS_PER_MILLI).toArray();
  }
}
