package io.sparkwire.history;

/**
 * Names one reader's share of one epoch. Immutable.
 *
 * @param query stays the same when the query restarts from its checkpoint
 * @param epoch the offset step, from 1
 * @param partition Spark's partition of the source, from 0
 */
public record EpochShare(String service, String query, long epoch, int partition) {

  /** Whether it is a share of that query. */
  public boolean belongsTo(String otherService, String otherQuery) {
    return query.equals(otherQuery) && service.equals(otherService);
  }
}
