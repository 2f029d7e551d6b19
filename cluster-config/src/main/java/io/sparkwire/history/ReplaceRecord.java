package io.sparkwire.history;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A new record of a share, for whom has it, as it travels to the node that keeps it. Its result is
 * the record that stands in its way, or null if it is done. Runs on: a thread of Hazelcast, there
 * and where the backup is. Immutable.
 */
record ReplaceRecord(String owner, ShareRecord next)
    implements EntryProcessor<EpochShare, ShareRecord, ShareRecord> {

  @Override
  public ShareRecord process(Map.Entry<EpochShare, ShareRecord> entry) {
    ShareRecord current = entry.getValue();
    String has = current == null ? ShareRecord.NOBODY : current.owner();
    if (!has.equals(owner)) {
      return current == null ? ShareRecord.empty(ShareRecord.NOBODY) : current;
    }
    ((ExtendedMapEntry<EpochShare, ShareRecord>) entry)
        .setValue(next, SharedCalls.FORGOTTEN_HOURS, TimeUnit.HOURS);
    return null;
  }
}
