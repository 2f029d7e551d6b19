package io.sparkwire.history;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * The entry processor that changes which share a request belongs to, if that is as expected. Its
 * result is what holds then; null for no share. Runs on: a thread of Hazelcast, there and where the
 * backup is. Immutable.
 *
 * @param expected null for no share
 * @param next null for no share
 */
record AssignRequest(Assignment expected, Assignment next)
    implements EntryProcessor<String, Assignment, Assignment> {

  @Override
  public Assignment process(Map.Entry<String, Assignment> entry) {
    if (!Objects.equals(entry.getValue(), expected)) {
      return entry.getValue();
    }
    if (next == null) {
      entry.setValue(null);
    } else {
      ((ExtendedMapEntry<String, Assignment>) entry)
          .setValue(next, next.seconds(), TimeUnit.SECONDS);
    }
    return next;
  }
}
