package io.sparkwire.history;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One change as it travels to the node that has the key. Runs on: a thread of Hazelcast, there and
 * where the backup is. Immutable.
 *
 * @param next null to forget the key
 */
record KeptChange(String holder, Kept next, long millis)
    implements EntryProcessor<String, Kept, KeptReplies.Outcome> {

  @Override
  public KeptReplies.Outcome process(Map.Entry<String, Kept> entry) {
    KeptReplies.Outcome outcome = KeptReplies.Outcome.of(entry.getValue(), holder);
    if (outcome.done()) {
      if (next == null) {
        entry.setValue(null);
      } else {
        ((ExtendedMapEntry<String, Kept>) entry).setValue(next, millis, TimeUnit.MILLISECONDS);
      }
    }
    return outcome;
  }
}
