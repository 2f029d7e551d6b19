package io.sparkwire.replystore;

import com.hazelcast.core.EntryView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * One answered request in the shared map, by what decides whether it may stay. Immutable.
 *
 * @param changed as {@link StoredReply#changed}: Hazelcast's own times have a resolution of one
 *     second, and its events of different keys come late and in any order
 * @param bytes that its owner frees without it
 */
record AnsweredEntry(String key, long changed, long bytes) {

  static AnsweredEntry of(EntryView<String, StoredReply> view) {
    return new AnsweredEntry(view.getKey(), view.getValue().changed(), view.getCost());
  }

  /** The oldest ones that take so many bytes together; all of them if they take less. */
  static List<AnsweredEntry> oldest(Collection<AnsweredEntry> entries, long bytes) {
    List<AnsweredEntry> oldest = new ArrayList<>();
    long taken = 0;
    for (AnsweredEntry entry :
        entries.stream().sorted(Comparator.comparingLong(AnsweredEntry::changed)).toList()) {
      if (taken >= bytes) {
        break;
      }
      oldest.add(entry);
      taken += entry.bytes();
    }
    return oldest;
  }
}
