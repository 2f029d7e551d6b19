package io.sparkwire.replystore;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One change as it travels to the node that has the key. Each node that makes it notes the time by
 * its own clock, so the times of all that a node has are comparable, whichever nodes sent them.
 * Runs on: a thread of Hazelcast, there and where the backup is. Immutable.
 *
 * @param next null to forget the key
 */
record StoreUpdate(String holder, StoredReply next, long millis)
    implements EntryProcessor<String, StoredReply, ReplyStore.Outcome> {

  @Override
  public ReplyStore.Outcome process(Map.Entry<String, StoredReply> entry) {
    ReplyStore.Outcome outcome = ReplyStore.Outcome.of(entry.getValue(), holder);
    if (outcome.done()) {
      if (next == null) {
        entry.setValue(null);
      } else {
        ((ExtendedMapEntry<String, StoredReply>) entry)
            .setValue(next.changedAt(Instant.now()), millis, TimeUnit.MILLISECONDS);
      }
    }
    return outcome;
  }
}
