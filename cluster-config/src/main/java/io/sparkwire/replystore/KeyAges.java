package io.sparkwire.replystore;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The order in which the keys of one member were changed last: Hazelcast's own times have a
 * resolution of one second. Thread-safe.
 *
 * <p>Hazelcast tells of a change after it has made it. So a key without a change is taken for the
 * newest at first; if there is still none when it is sorted again, the key is another member's that
 * was lost, and older than all others.
 */
final class KeyAges {

  private final AtomicLong changes = new AtomicLong();
  private final Map<String, Long> latest = new ConcurrentHashMap<>();
  private volatile Set<String> unknown = Set.of();

  void changed(String key) {
    latest.put(key, changes.incrementAndGet());
  }

  void removed(String key) {
    latest.remove(key);
  }

  /** The same things by their keys, from the oldest to the newest. */
  <T> List<T> oldestFirst(Collection<T> things, Function<T, String> key) {
    Set<String> before = unknown;
    Map<String, Long> order =
        things.stream().map(key).distinct().collect(Collectors.toMap(k -> k, k -> of(k, before)));
    unknown =
        things.stream()
            .map(key)
            .filter(k -> !latest.containsKey(k))
            .collect(Collectors.toUnmodifiableSet());
    return things.stream()
        .sorted(Comparator.comparingLong(thing -> order.get(key.apply(thing))))
        .toList();
  }

  private long of(String key, Set<String> unknownBefore) {
    Long change = latest.get(key);
    if (change != null) {
      return change;
    }
    return unknownBefore.contains(key) ? 0 : Long.MAX_VALUE;
  }
}
