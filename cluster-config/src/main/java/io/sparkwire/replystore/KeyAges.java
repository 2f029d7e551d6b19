package io.sparkwire.replystore;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * The order in which the keys of one member were changed last. Thread-safe.
 *
 * <p>Hazelcast's own times tell it, but have a resolution of one second; within a second, the order
 * of Hazelcast's events does. Hazelcast tells of a change after it has made it, so a key without an
 * event was changed after all others of its second, or belonged to another member that was lost.
 */
final class KeyAges {

  private final AtomicLong changes = new AtomicLong();
  private final Map<String, Long> latest = new ConcurrentHashMap<>();

  void changed(String key) {
    latest.put(key, changes.incrementAndGet());
  }

  void removed(String key) {
    latest.remove(key);
  }

  /**
   * The same things by their keys, from the oldest to the newest.
   *
   * @param time of the latest change, in milliseconds since the epoch
   */
  <T> List<T> oldestFirst(Collection<T> things, Function<T, String> key, ToLongFunction<T> time) {
    return things.stream()
        .map(thing -> new Aged<>(thing, time.applyAsLong(thing), change(key.apply(thing))))
        .sorted(Comparator.<Aged<T>>comparingLong(Aged::time).thenComparingLong(Aged::change))
        .map(Aged::thing)
        .toList();
  }

  private long change(String key) {
    return latest.getOrDefault(key, Long.MAX_VALUE);
  }

  private record Aged<T>(T thing, long time, long change) {}
}
