package io.sparkwire.history;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.sparkwire.secret.ValueSeal;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The chunks of all readers' shares, in a map that nodes share, with one backup.
 *
 * <p>Thread-safe. Only {@link #read} blocks.
 */
final class ChunkStore {

  static final String MAP = "sparkwire.history";

  /** Bytes of chunks that members have not confirmed, after which others wait. */
  private static final long MOST_ON_THEIR_WAY = Runtime.getRuntime().maxMemory() / 32;

  private final IMap<ChunkKey, byte[]> map;
  private final ValueSeal seal;
  private final AtomicLong onTheirWay = new AtomicLong();

  ChunkStore(HazelcastInstance hazelcast, ValueSeal seal) {
    this.map = hazelcast.getMap(MAP);
    this.seal = seal;
  }

  /** Writes a chunk; done when its backup has it. */
  CompletionStage<Void> write(ChunkKey key, byte[] chunk) {
    onTheirWay.addAndGet(chunk.length);
    byte[] sealed = seal.seal(chunk, MAP, key.share(), key.chunk());
    return map.setAsync(key, sealed, SharedCalls.FORGOTTEN_SECONDS, TimeUnit.SECONDS)
        .whenComplete((done, failure) -> onTheirWay.addAndGet(-chunk.length));
  }

  /** How many bytes of chunks members have not confirmed. */
  long bytesWriting() {
    return onTheirWay.get();
  }

  /** Whether so much is on its way that what can wait should: a member may have frozen. */
  boolean isBehind() {
    return onTheirWay.get() > MOST_ON_THEIR_WAY;
  }

  CompletionStage<byte[]> remove(ChunkKey key) {
    return map.removeAsync(key);
  }

  /** All authentic chunks of a share, those of one node in the order of writing. */
  List<Map.Entry<ChunkKey, byte[]>> read(EpochShare key) {
    String share = ChunkKey.shareOf(key);
    return map.entrySet(Predicates.partitionPredicate(share, Predicates.alwaysTrue())).stream()
        .filter(entry -> entry.getKey().share().equals(share))
        .flatMap(entry -> opened(entry).stream())
        .sorted(Comparator.comparing(entry -> entry.getKey().chunk()))
        .toList();
  }

  private Optional<Map.Entry<ChunkKey, byte[]>> opened(Map.Entry<ChunkKey, byte[]> entry) {
    ChunkKey key = entry.getKey();
    byte[] chunk = seal.open(entry.getValue(), MAP, key.share(), key.chunk());
    if (chunk == null) {
      remove(key);
    }
    return Optional.ofNullable(chunk).map(authentic -> Map.entry(key, authentic));
  }
}
