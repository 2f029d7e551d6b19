package io.sparkwire.history;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The entry processor that replaces the record of a share if its owner has not changed. Its result
 * is the record of another owner, or null if it has replaced it. Runs on: a thread of Hazelcast,
 * there and where the backup is. Immutable.
 */
record ReplaceRecord(String owner, ShareRecord next)
    implements EntryProcessor<EpochShare, ShareRecord, ShareRecord> {

  @Override
  public ShareRecord process(Map.Entry<EpochShare, ShareRecord> entry) {
    ShareRecord current = entry.getValue();
    String has = current == null ? ShareRecord.NO_OWNER : current.owner();
    if (!has.equals(owner)) {
      return current == null ? ShareRecord.empty(ShareRecord.NO_OWNER) : current;
    }
    ((ExtendedMapEntry<EpochShare, ShareRecord>) entry)
        .setValue(next, SharedCalls.FORGOTTEN_SECONDS, TimeUnit.SECONDS);
    return null;
  }
}
