package io.sparkwire.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;

/**
 * Which streaming query reads, and on whose behalf. Immutable.
 *
 * @param checkpoint names the query: it stays the same when the query restarts from its checkpoint
 * @param owner whoever serves the service: a {@link ServingQuery}, or the query for itself
 */
record QueryId(String checkpoint, String owner) implements Serializable {

  /**
   * The local property of Spark by which a query learns its owner: it inherits that of its starter.
   */
  static final String OWNER = "sparkwire.owner";

  /** The id of the query whose thread this is. */
  static QueryId ofCurrentThread(String checkpoint) {
    String owner = SparkContext.getOrCreate().getLocalProperty(OWNER);
    return new QueryId(checkpoint, owner == null ? checkpoint : owner);
  }
}
