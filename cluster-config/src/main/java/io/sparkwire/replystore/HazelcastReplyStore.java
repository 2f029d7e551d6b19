package io.sparkwire.replystore;

import com.hazelcast.config.Config;
import com.hazelcast.config.EntryListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.sparkwire.message.Protocol;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Kept replies in a map that all nodes of a cluster share, with one backup. Thread-safe. */
public final class HazelcastReplyStore implements ReplyStore {

  static final String MAP = "sparkwire.kept";

  private final IMap<String, StoredReply> map;

  public HazelcastReplyStore(HazelcastInstance hazelcast) {
    this.map = hazelcast.getMap(MAP);
  }

  /** Has a member that is about to start bound its part of the map, and understand changes. */
  public static void configure(Config config) {
    configure(config, Runtime.getRuntime().maxMemory() / 100 * HEAP_PERCENTAGE);
  }

  static void configure(Config config, long mostBytes) {
    config.addMapConfig(
        new MapConfig(MAP)
            .setBackupCount(1)
            .addEntryListenerConfig(
                new EntryListenerConfig(new ReplyStoreBound(mostBytes), true, false)));
    config.getSerializationConfig().getCompactSerializationConfig().addClass(StoreUpdate.class);
  }

  @Override
  public CompletionStage<Outcome> change(
      String key, String holder, StoredReply next, Duration time) {
    if (next != null && next.weight() > Protocol.MOST_MESSAGE_BYTES) {
      return CompletableFuture.failedStage(
          new IllegalArgumentException(
              "%d bytes are more than nodes pass to each other".formatted(next.weight())));
    }
    return map.submitToKey(key, new StoreUpdate(holder, next, time.toMillis()));
  }

  @Override
  public CompletionStage<StoredReply> find(String key) {
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
