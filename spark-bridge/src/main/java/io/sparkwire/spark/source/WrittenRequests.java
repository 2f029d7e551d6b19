package io.sparkwire.spark.source;

import io.sparkwire.message.RequestId;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The requests whose rows one writer has written last, by which it knows a second row of one.
 *
 * <p>Where rows pass one by one, the rows of a request come one after the other, so the last one is
 * enough. Otherwise the last {@value #MOST} are kept. Runs on: task thread. Not thread-safe.
 */
final class WrittenRequests {

  static final int MOST = 1_024;

  private final Map<RequestId, Boolean> earlier;
  private RequestId last;

  WrittenRequests(boolean oneByOne) {
    earlier = oneByOne ? null : new Latest();
  }

  /** Notes a row's request; returns whether it is the first row of that. */
  boolean isFirst(RequestId id) {
    boolean first = !id.equals(last) && (earlier == null || earlier.put(id, true) == null);
    last = id;
    return first;
  }

  private static final class Latest extends LinkedHashMap<RequestId, Boolean> {

    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<RequestId, Boolean> eldest) {
      return size() > MOST;
    }
  }
}
