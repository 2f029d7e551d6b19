package io.sparkwire.intake;

import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests on which a query has failed in tasks that compute what others have read, and how
 * often, since Spark last committed an epoch; and the rows that further attempts at those tasks got
 * through the pipeline.
 *
 * <p>Thread-safe.
 */
public final class FailedRequests {

  private final Map<RequestId, Integer> failures = new ConcurrentHashMap<>();
  private final Set<Through> through = ConcurrentHashMap.newKeySet();
  private final int most;

  /** A row that is through, in that stage of Spark: a query that restarts has others. */
  private record Through(int stage, RowId row) {}

  /**
   * @param most after how many failures a request is left out
   */
  FailedRequests(int most) {
    this.most = most;
  }

  /** Counts a failure on a request; returns how many there were. */
  int failed(RequestId id) {
    return failures.merge(id, 1, Integer::sum);
  }

  /** Whether there are none, so that no row has to be looked at. */
  public boolean isEmpty() {
    return failures.isEmpty();
  }

  /** A row has come out, or was left out, in a task that had failed before. */
  public void isThrough(int stage, RowId row) {
    through.add(new Through(stage, row));
  }

  /** Whether a row is not to be computed again: it is through, or its request in quarantine. */
  public boolean leavesOut(int stage, RowId row) {
    return failures.getOrDefault(row.request(), 0) >= most
        || through.contains(new Through(stage, row));
  }
}
