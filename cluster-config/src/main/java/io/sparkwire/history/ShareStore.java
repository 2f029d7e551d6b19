package io.sparkwire.history;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.sparkwire.message.RequestId;
import io.sparkwire.secret.ValueSeal;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The records of all shares that are to be replayed exactly, and which share has each request, in
 * maps that nodes share, with one backup.
 *
 * <p>Thread-safe; blocks, unless said otherwise.
 */
final class ShareStore {

  static final String SHARES = "sparkwire.shares";
  static final String TAKEN = "sparkwire.taken";

  private final IMap<EpochShare, ShareRecord> shares;
  private final IMap<String, EpochShare> taken;
  private final ValueSeal seal;

  ShareStore(HazelcastInstance hazelcast, ValueSeal seal) {
    this.seal = seal;
    this.shares = hazelcast.getMap(SHARES);
    this.taken = hazelcast.getMap(TAKEN);
  }

  /** Has a member that is about to start understand changes. */
  static void configure(Config config) {
    config
        .getSerializationConfig()
        .getCompactSerializationConfig()
        .addClass(ReplaceRecord.class)
        .addClass(MoveRequest.class);
  }

  /**
   * Makes {@code next} the record of a share, if {@code owner} has it.
   *
   * @return null, or the record of another owner
   */
  ShareRecord change(EpochShare share, String owner, ShareRecord next) {
    ShareRecord sealed = next.with(seal.seal(next.requests(), place(share)));
    ReplaceRecord replacement = new ReplaceRecord(owner, sealed);
    return opened(share, SharedCalls.await(shares.submitToKey(share, replacement)));
  }

  private static String[] place(EpochShare share) {
    return new String[] {SHARES, ChunkKey.shareOf(share)};
  }

  /** A record that was found; without its requests if they are not authentic. */
  private ShareRecord opened(EpochShare share, ShareRecord found) {
    if (found == null || found.owner().equals(ShareRecord.NO_OWNER)) {
      return found; // then it is none of the map's
    }
    byte[] requests = seal.open(found.requests(), place(share));
    return requests == null ? ShareRecord.empty(found.owner()) : found.with(requests);
  }

  /** The record of a share; null if there is none. */
  ShareRecord read(EpochShare share) {
    return opened(share, SharedCalls.await(shares.getAsync(share)));
  }

  /** All shares that have a record. */
  Set<EpochShare> all() {
    return shares.keySet();
  }

  void remove(EpochShare share) {
    SharedCalls.await(shares.removeAsync(share));
  }

  /**
   * Moves requests that are in {@code from} to {@code to}; null is no share.
   *
   * @return the share that each of them is in then
   */
  Map<String, EpochShare> move(Collection<RequestId> requests, EpochShare from, EpochShare to) {
    Set<String> keys = requests.stream().map(RequestId::toString).collect(Collectors.toSet());
    return SharedCalls.await(taken.submitToKeys(keys, new MoveRequest(from, to)));
  }

  /** Forgets which share had them. Does not block. */
  void forget(Collection<RequestId> requests) {
    requests.forEach(id -> taken.removeAsync(id.toString()));
  }
}
