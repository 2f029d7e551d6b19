package io.sparkwire.history;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A request's way from one share into another, as it travels to the node that knows which has it.
 * Its result is the share that has it then. Runs on: a thread of Hazelcast, there and where the
 * backup is. Immutable.
 *
 * @param from the share that must have it; null for none
 * @param to null for none
 */
record MoveRequest(EpochShare from, EpochShare to)
    implements EntryProcessor<String, EpochShare, EpochShare> {

  @Override
  public EpochShare process(Map.Entry<String, EpochShare> entry) {
    if (!Objects.equals(entry.getValue(), from)) {
      return entry.getValue();
    }
    if (to == null) {
      entry.setValue(null);
    } else {
      ((ExtendedMapEntry<String, EpochShare>) entry)
          .setValue(to, SharedCalls.FORGOTTEN_HOURS, TimeUnit.HOURS);
    }
    return to;
  }
}
