package io.sparkwire.replystore;

import com.hazelcast.core.EntryAdapter;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.IMap;
import com.hazelcast.map.LocalMapStats;
import com.hazelcast.query.Predicates;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The bound on what kept replies take of one member's heap, its backups of other members' replies
 * included.
 *
 * <p>Hazelcast's own bound lets an entry of the same partition go for each that comes: where
 * replies are large, most partitions have no other, and it is the new one that goes, or none. This
 * one hears of every change of an entry that the member owns, and a moment later lets the oldest
 * answered ones go if there is too much. Nothing runs while nothing is kept. Thread-safe.
 */
final class ReplyStoreBound extends EntryAdapter<String, StoredReply>
    implements HazelcastInstanceAware {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyStoreBound.class);
  private static final Executor SOON =
      CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS);

  private final OwnShare share;
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile HazelcastInstance hazelcast;

  ReplyStoreBound(long mostBytes) {
    share = new OwnShare(mostBytes);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance member) {
    hazelcast = member;
  }

  @Override
  public void entryAdded(EntryEvent<String, StoredReply> event) {
    wake();
  }

  @Override
  public void entryUpdated(EntryEvent<String, StoredReply> event) {
    wake();
  }

  private void wake() {
    if (!awake.get() && awake.compareAndSet(false, true)) {
      SOON.execute(this::check);
    }
  }

  /** One at a time: another would count what this one is about to remove. */
  private synchronized void check() {
    awake.set(false);
    try {
      IMap<String, StoredReply> map = hazelcast.getMap(HazelcastReplyStore.MAP);
      LocalMapStats stats = map.getLocalMapStats();
      long owned = stats.getOwnedEntryMemoryCost();
      long backups = stats.getBackupEntryMemoryCost();
      letGo(map, share.excess(owned, backups));
      if (owned > 0 && share.isExceeded(owned, backups)) {
        wake();
      }
    } catch (RuntimeException e) { // Hazelcast has ended, or is in the middle of a change
      LOG.debug("kept replies could not be bounded", e);
    }
  }

  private static void letGo(IMap<String, StoredReply> map, long bytes) {
    if (bytes > 0) {
      List<AnsweredEntry> answered =
          map.localKeySet(Predicates.equal("holder", StoredReply.ANSWERED)).stream()
              .map(map::getEntryView)
              .filter(Objects::nonNull)
              .map(AnsweredEntry::of)
              .toList();
      AnsweredEntry.oldest(answered, bytes).forEach(entry -> map.delete(entry.key()));
    }
  }
}
