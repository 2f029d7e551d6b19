package io.sparkwire.intake;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The owners that have ended and must not serve again, of which the latest are kept.
 *
 * <p>Spark cancels the tasks of a query without waiting for them, so a task may begin to read after
 * its query has ended. Not thread-safe.
 */
final class EndedOwners {

  /** More than can end while a cancelled task starts. */
  static final int MOST = 1_000;

  private final Set<String> ended =
      Collections.newSetFromMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > MOST;
            }
          });

  void add(String owner) {
    ended.add(owner);
  }

  boolean contains(String owner) {
    return ended.contains(owner);
  }
}
