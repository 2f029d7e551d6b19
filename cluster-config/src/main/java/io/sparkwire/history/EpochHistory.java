package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import java.util.List;

/**
 * The memory of what each (service, query, epoch, partition) pulled and nobody finished yet.
 *
 * <p>An implementation keeps its size within a small multiple of the unfinished requests, however
 * long an epoch lasts. Runs on: task thread and driver. Thread-safe.
 */
public interface EpochHistory {

  /**
   * Begins an attempt at one reader's share of an epoch. What earlier attempts pulled and did not
   * finish belongs to the new attempt from then on.
   */
  Attempt begin(EpochKey key);

  /** Forgets all epochs of a query up to and including {@code epoch}: Spark has committed them. */
  void committed(String service, String query, long epoch);

  /** Forgets all that belongs to a query which will not come back. */
  void forget(String service, String query);

  /** How many unfinished requests it holds. */
  int size();

  /** One try of one task at its share of an epoch. Used by one thread. */
  interface Attempt {

    /** What earlier attempts left unfinished, in the order in which they pulled it. */
    List<PendingRequest> unfinished();

    /** Records a request before it enters the pipeline. */
    void pulled(PendingRequest request);
  }
}
