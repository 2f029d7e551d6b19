package io.sparkwire.spark.source;

import io.sparkwire.intake.ServedVersion;
import java.io.Serializable;
import java.time.Duration;
import java.util.Properties;
import org.apache.spark.SparkContext;

/**
 * The identity of a streaming query that reads, and the owner of its service. Immutable.
 *
 * @param checkpoint names the query: it stays the same when the query restarts from its checkpoint
 * @param owner the owner of the service: a serving query of the facade, or this run of the query
 * @param version of the service's pipeline, from 1
 * @param replica its number among the equal queries of one version, from 0
 * @param firstEpoch how long the first epoch of a run lasts at most, so that replicas do not end
 *     theirs together; null for no limit of its own
 */
public record QueryId(
    String checkpoint, String owner, int version, int replica, Duration firstEpoch)
    implements Serializable {

  /** Where Spark keeps the id of a query's run: the group of its jobs. */
  private static final String RUN = "spark.jobGroup.id";

  private static final String OWNER = "sparkwire.owner";
  private static final String VERSION = "sparkwire.version";
  private static final String REPLICA = "sparkwire.replica";
  private static final String FIRST_EPOCH = "sparkwire.first-epoch";

  /**
   * The id of the query whose thread this is: a query's thread inherits Spark's local properties
   * from the thread that started it.
   */
  static QueryId ofCurrentThread(String checkpoint) {
    SparkContext context = SparkContext.getOrCreate();
    String owner = context.getLocalProperty(OWNER);
    if (owner == null) {
      String run = context.getLocalProperty(RUN);
      return new QueryId(checkpoint, runOf(checkpoint) + run, ServedVersion.FIRST, 0, null);
    }
    String firstEpoch = context.getLocalProperty(FIRST_EPOCH);
    return new QueryId(
        checkpoint,
        owner,
        Integer.parseInt(context.getLocalProperty(VERSION)),
        Integer.parseInt(context.getLocalProperty(REPLICA)),
        firstEpoch == null ? null : Duration.parse(firstEpoch));
  }

  /** Lets queries that the calling thread starts know whose they are. */
  public void announce(SparkContext context) {
    context.setLocalProperty(OWNER, owner);
    context.setLocalProperty(VERSION, Integer.toString(version));
    context.setLocalProperty(REPLICA, Integer.toString(replica));
    context.setLocalProperty(FIRST_EPOCH, firstEpoch == null ? null : firstEpoch.toString());
  }

  /** Whether the calling thread starts, or runs, a query of the facade. */
  public static boolean isAnnounced(SparkContext context) {
    return context.getLocalProperty(OWNER) != null;
  }

  /** The owner that was announced to whatever has these properties; null if none was. */
  public static String ownerIn(Properties properties) {
    return properties == null ? null : properties.getProperty(OWNER);
  }

  public static void withdraw(SparkContext context) {
    context.setLocalProperty(OWNER, null);
    context.setLocalProperty(VERSION, null);
    context.setLocalProperty(REPLICA, null);
    context.setLocalProperty(FIRST_EPOCH, null);
  }

  /** Whether the query itself owns the service, which then ends with it. */
  boolean ownsItself() {
    return owner.startsWith(runOf(checkpoint));
  }

  /** Whether an owner is a run of a query with that checkpoint, which owns itself. */
  public static boolean isRunOf(String owner, String checkpoint) {
    return owner.startsWith(runOf(QueryCheckpoint.firstSource(checkpoint)));
  }

  private static String runOf(String checkpoint) {
    return checkpoint + '#';
  }
}
