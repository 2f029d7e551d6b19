package io.sparkwire.intake;

import io.sparkwire.history.EpochShare;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
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

  void add(EpochShare share) {
    since.put(share, System.nanoTime());
  }

  void forget(Predicate<EpochShare> shares) {
    since.keySet().removeIf(shares);
  }

  /** Takes out those that have waited for long enough. */
  List<EpochShare> takeOverdue() {
    long now = System.nanoTime();
    return since.entrySet().stream()
        .filter(share -> now - share.getValue() > TIMEOUT_NANOS)
        .map(Map.Entry::getKey)
        .filter(share -> since.remove(share) != null)
        .toList();
  }
}
