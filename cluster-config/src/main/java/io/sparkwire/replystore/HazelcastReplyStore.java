package io.sparkwire.replystore;

import com.hazelcast.config.Config;
import com.hazelcast.config.EntryListenerConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import com.hazelcast.query.Predicates;
import io.sparkwire.message.Protocol;
import io.sparkwire.secret.ValueSeal;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Kept replies in a map that all nodes of a cluster share, with one backup. Thread-safe.
 *
 * <p>Requests and replies are sealed; who holds them is not, because members compare it.
 */
public final class HazelcastReplyStore implements ReplyStore {

  static final String MAP = "sparkwire.kept";

  private final IMap<String, StoredReply> map;
  private final ValueSeal seal;

  public HazelcastReplyStore(HazelcastInstance hazelcast, ValueSeal seal) {
    this.map = hazelcast.getMap(MAP);
    this.seal = seal;
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
    StoredReply sealed = next == null ? null : sealed(key, next);
    return map.<Outcome>submitToKey(key, new StoreUpdate(holder, sealed, time.toMillis()))
        .thenCompose(
            outcome ->
                opened(key, outcome.found())
                    .thenApply(found -> new Outcome(outcome.done(), found)));
  }

  @Override
  public CompletionStage<StoredReply> find(String key) {
    return map.getAsync(key).thenCompose(found -> opened(key, found));
  }

  private StoredReply sealed(String key, StoredReply plain) {
    return plain.with(
        part -> part.length == 0 ? part : seal.seal(part, MAP, key, plain.fingerprint()));
  }

  /** What was found; null if it is not authentic, and then it is removed. */
  private CompletionStage<StoredReply> opened(String key, StoredReply found) {
    StoredReply plain = found == null ? null : found.with(part -> opened(part, key, found));
    boolean authentic = plain == null || (plain.request() != null && plain.reply() != null);
    return authentic
        ? CompletableFuture.completedStage(plain)
        : map.removeAsync(key).thenApply(removed -> null);
  }

  private byte[] opened(byte[] part, String key, StoredReply of) {
    return part.length == 0 ? part : seal.open(part, MAP, key, of.fingerprint());
  }

  @Override
  public CompletionStage<Boolean> forget(String key) {
    return map.removeAsync(key).thenApply(removed -> removed != null);
  }

  @Override
  public Usage usage() {
    LocalMapStats stats = map.getLocalMapStats();
    return new Usage(
        stats.getOwnedEntryCount(),
        stats.getOwnedEntryMemoryCost() + stats.getBackupEntryMemoryCost());
  }

  @Override
  public Collection<String> heldBy(String... holders) {
    return map.keySet(Predicates.in("holder", holders));
  }
}
