package io.sparkwire.intake;

import io.sparkwire.message.RequestId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The requests on which a query has failed in tasks that compute what others have read, and how
 * often, since Spark last committed an epoch.
 *
 * <p>Thread-safe.
 */
public final class FailedRequests {

  private final Map<RequestId, Integer> failures = new ConcurrentHashMap<>();
  private final int most;

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

  /** Whether the rows of a request are not to be computed any more. */
  public boolean leavesOut(RequestId id) {
    return failures.getOrDefault(id, 0) >= most;
  }
}
