package io.sparkwire.intake;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The presence of readers of one service on this node: how many attempts at epochs run, and whether
 * more are expected while none does.
 *
 * <p>Thread-safe: its lock orders attempts that begin and the decision that no reader comes.
 */
final class ReaderPresence {

  /** Between two epochs no reader is there for some tenths of a second. */
  private static final long READERLESS_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final LongSupplier nanoTime;
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicLong latestEpoch = new AtomicLong();
  private volatile boolean expected;
  private volatile long lastReadNanos;

  /**
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  ReaderPresence(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A reader begins its share of an epoch; says whether there was none for a while. */
  synchronized boolean begins(long epoch) {
    latestEpoch.accumulateAndGet(epoch, Math::max);
    attempts.incrementAndGet();
    boolean first = !expected;
    expected = true;
    return first;
  }

  synchronized void ends() {
    lastReadNanos = nanoTime.getAsLong();
    attempts.decrementAndGet();
  }

  /** Whether a reader is there, or the next one will be soon. */
  boolean areExpected() {
    return expected;
  }

  /** Whether there has been no reader for so long that there may be none at all. */
  boolean areMissing() {
    boolean readerless = !expected || nanoTime.getAsLong() - lastReadNanos > READERLESS_NANOS;
    return attempts.get() == 0 && readerless;
  }

  /** No reader comes for the time being; returns whether one might have, up to now. */
  synchronized boolean expectNone() {
    boolean was = expected;
    expected = attempts.get() > 0;
    return was && !expected;
  }

  /** The highest epoch that a reader has begun; 0 before the first. */
  long latestEpoch() {
    return latestEpoch.get();
  }
}
