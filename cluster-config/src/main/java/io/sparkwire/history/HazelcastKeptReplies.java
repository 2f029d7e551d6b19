package io.sparkwire.history;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.core.EntryView;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.MapEvictionPolicyComparator;
import com.hazelcast.query.Predicates;
import io.sparkwire.protocol.Protocol;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Kept replies in a map that all nodes of a cluster share, with one backup. Thread-safe. */
public final class HazelcastKeptReplies implements KeptReplies {

  static final String MAP = "sparkwire.kept";

  private final IMap<String, Kept> map;

  public HazelcastKeptReplies(HazelcastInstance hazelcast) {
    this.map = hazelcast.getMap(MAP);
  }

  /** Has a member that is about to start bound its part of the map, and understand changes. */
  public static void configure(Config config) {
    configure(config, MaxSizePolicy.USED_HEAP_PERCENTAGE, HEAP_PERCENTAGE);
  }

  static void configure(Config config, MaxSizePolicy policy, int most) {
    EvictionConfig eviction =
        new EvictionConfig()
            .setMaxSizePolicy(policy)
            .setSize(most)
            .setEvictionPolicy(EvictionPolicy.NONE) // but for the comparator
            .setComparator(new AnsweredFirst());
    config.addMapConfig(new MapConfig(MAP).setBackupCount(1).setEvictionConfig(eviction));
    config.getSerializationConfig().getCompactSerializationConfig().addClass(KeptChange.class);
  }

  /** What is running goes last, of the others the oldest first. */
  private static final class AnsweredFirst implements MapEvictionPolicyComparator<String, Kept> {

    @Override
    public int compare(EntryView<String, Kept> one, EntryView<String, Kept> other) {
      int byState = Boolean.compare(other.getValue().isAnswered(), one.getValue().isAnswered());
      return byState == 0
          ? Long.compare(one.getLastUpdateTime(), other.getLastUpdateTime())
          : byState;
    }
  }

  @Override
  public CompletionStage<Outcome> change(String key, String holder, Kept next, Duration time) {
    if (next != null && next.weight() > Protocol.MOST_MESSAGE_BYTES) {
      return CompletableFuture.failedStage(
          new IllegalArgumentException(
              "%d bytes are more than nodes pass to each other".formatted(next.weight())));
    }
    return map.submitToKey(key, new KeptChange(holder, next, time.toMillis()));
  }

  @Override
  public CompletionStage<Kept> find(String key) {
    return map.getAsync(key);
  }

  @Override
  public CompletionStage<Boolean> forget(String key) {
    return map.removeAsync(key).thenApply(removed -> removed != null);
  }

  @Override
  public Collection<String> heldBy(String... holders) {
    return map.keySet(Predicates.in("holder", holders));
  }
}
