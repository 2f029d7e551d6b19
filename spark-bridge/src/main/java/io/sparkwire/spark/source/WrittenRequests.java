package io.sparkwire.spark.source;

import io.sparkwire.message.RowId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows that one writer has written last, by which it knows when the pipeline has made two of
 * one.
 *
 * <p>Where rows pass one by one, those two come one after the other, so the last one is enough.
 * Otherwise the last {@value #MOST} are kept. Runs on: task thread. Not thread-safe.
 */
final class WrittenRequests {

  static final int MOST = 1_024;

  private final Map<RowId, Boolean> earlier;
  private RowId last;

  WrittenRequests(boolean oneByOne) {
    earlier = oneByOne ? null : new Latest();
  }

  /** Notes a row; returns whether it is the first of that id. */
  boolean isFirst(RowId id) {
    boolean first = !id.equals(last) && (earlier == null || earlier.put(id, true) == null);
    last = id;
    return first;
  }

  private static final class Latest extends LinkedHashMap<RowId, Boolean> {

    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<RowId, Boolean> eldest) {
      return size() > MOST;
    }
  }
}
