package io.sparkwire.intake;

import io.sparkwire.history.EpochShare;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The shares of epochs whose last attempt on this executor has failed, and which were not begun
 * again here: Spark may have begun them on another executor, or not at all.
 *
 * <p>Thread-safe.
 */
final class UnsettledShares {

  /** How long Spark may take to begin another attempt where the last one failed. */
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final Map<EpochShare, Long> since = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  /**
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  UnsettledShares(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  void add(EpochShare share) {
    since.put(share, nanoTime.getAsLong());
  }

  void forget(Predicate<EpochShare> shares) {
    since.keySet().removeIf(shares);
  }

  /** Removes those that have waited for long enough, and returns them. */
  List<EpochShare> takeOverdue() {
    long now = nanoTime.getAsLong();
    return since.entrySet().stream()
        .filter(share -> now - share.getValue() > TIMEOUT_NANOS)
        .map(Map.Entry::getKey)
        .filter(share -> since.remove(share) != null)
        .toList();
  }
}
