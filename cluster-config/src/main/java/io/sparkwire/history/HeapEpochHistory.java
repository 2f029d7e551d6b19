package io.sparkwire.history;

import io.sparkwire.message.PendingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * An epoch history on the heap of one JVM.
 *
 * <p>Each request knows whether it is finished, so finishing costs nothing here. Runs on: task
 * thread and driver. Thread-safe.
 */
public final class HeapEpochHistory implements EpochHistory {

  private final Map<EpochShare, TrackedAttempt> attempts = new ConcurrentHashMap<>();

  @Override
  public Attempt begin(EpochShare key, Replay replay) {
    return attempts.compute(key, (k, earlier) -> after(earlier, replay));
  }

  private static TrackedAttempt after(TrackedAttempt earlier, Replay replay) {
    if (replay == Replay.EXACT) {
      return LocalExactAttempt.after(earlier);
    }
    List<PendingRequest> left = earlier == null ? List.of() : earlier.requests().end();
    return new UnfinishedAttempt(AttemptRequests.unfinished(left));
  }

  @Override
  public void committed(String service, String query, long epoch) {
    attempts.keySet().removeIf(k -> k.belongsTo(service, query) && k.epoch() <= epoch);
  }

  @Override
  public List<PendingRequest> unanswered(String service, String query, long epoch) {
    return attempts.entrySet().stream()
        .filter(
            entry -> entry.getKey().belongsTo(service, query) && entry.getKey().epoch() <= epoch)
        .flatMap(entry -> entry.getValue().requests().unanswered().stream())
        .toList();
  }

  @Override
  public List<PendingRequest> reclaim(String service, String query) {
    List<PendingRequest> left = new ArrayList<>();
    attempts.keySet().stream()
        .filter(key -> key.belongsTo(service, query))
        .forEach(key -> left.addAll(reclaim(key)));
    return left;
  }

  @Override
  public List<PendingRequest> reclaim(EpochShare key) {
    TrackedAttempt attempt = attempts.remove(key);
    return attempt == null ? List.of() : attempt.requests().end();
  }

  @Override
  public void release(String service, String query) {
    reclaim(service, query);
  }

  @Override
  public int size() {
    return size(key -> true);
  }

  @Override
  public int size(String service, String query) {
    return size(key -> key.belongsTo(service, query));
  }

  private int size(Predicate<EpochShare> wanted) {
    return attempts.entrySet().stream()
        .filter(entry -> wanted.test(entry.getKey()))
        .mapToInt(entry -> entry.getValue().requests().unfinished().size())
        .sum();
  }
}
