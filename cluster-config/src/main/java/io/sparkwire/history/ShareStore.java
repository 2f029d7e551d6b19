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
  private final IMap<String, Assignment> taken;
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
        .addClass(AssignRequest.class);
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
    SharedCalls.await(shares.deleteAsync(share));
  }

  /**
   * Assigns requests to a share that are in none.
   *
   * @return where each of them is then, by its id
   */
  Map<String, Assignment> assign(Collection<RequestId> requests, EpochShare share) {
    return change(requests, null, Assignment.to(share));
  }

  /**
   * Lets requests go that are in that share, unless it is committed with them.
   *
   * @return where each of them is then, by its id; without those that are in no share
   */
  Map<String, Assignment> release(Collection<RequestId> requests, EpochShare share) {
    return change(requests, Assignment.to(share), null);
  }

  /** Removes a share, of which Spark has committed the requests that are in its record. */
  void commit(EpochShare share) {
    ShareRecord record = read(share);
    if (record != null) {
      // in this order: a request that is neither in a record nor committed is computed
      change(record.ids(), Assignment.to(share), Assignment.committedIn(share));
      remove(share);
    }
  }

  private Map<String, Assignment> change(
      Collection<RequestId> requests, Assignment expected, Assignment next) {
    Set<String> keys = requests.stream().map(RequestId::toString).collect(Collectors.toSet());
    return SharedCalls.await(taken.submitToKeys(keys, new AssignRequest(expected, next)));
  }
}
