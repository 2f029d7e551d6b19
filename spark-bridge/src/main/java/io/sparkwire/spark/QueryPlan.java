package io.sparkwire.spark;

import io.sparkwire.log.Causes;
import io.sparkwire.spark.source.QueryId;
import io.sparkwire.spark.source.SparkwireOptions;
import io.sparkwire.spark.version.CheckpointFiles;
import io.sparkwire.spark.version.RealTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * All that it takes to start a query of a service, as often as needed.
 *
 * <p>Immutable. Runs on: driver.
 *
 * @param checkpoint the directory below which each replica has its own
 */
record QueryPlan(
    Dataset<Row> replies,
    SparkwireOptions source,
    Trigger trigger,
    OutputMode outputMode,
    Map<String, String> options,
    String checkpoint) {

  private static final String EPOCH_POLL_MILLIS =
      "spark.sql.streaming.continuous.executorPollIntervalMs";

  boolean isContinuous() {
    return trigger instanceof ContinuousTrigger;
  }

  boolean isMicroBatch() {
    return !isContinuous() && !RealTime.is(trigger);
  }

  SparkContext context() {
    return replies.sparkSession().sparkContext();
  }

  /** The plan of a later version of the same service, with a checkpoint of its own. */
  QueryPlan ofVersion(int version) {
    return new QueryPlan(
        replies,
        source.withSchema(source.service().schema().ofVersion(version)),
        trigger,
        outputMode,
        options,
        checkpoint + "/version-" + version);
  }

  /** Where the query of one replica has its checkpoint. */
  String checkpoint(int replica) {
    return checkpoint + "/replica-" + replica;
  }

  /**
   * Starts the query of one replica from its checkpoint.
   *
   * @param owner of the service
   * @param replicas how many there are
   */
  StreamingQuery start(String owner, int version, int replica, int replicas) {
    Map<String, String> all = new HashMap<>(options);
    all.put("checkpointLocation", checkpoint(replica));
    DataStreamWriter<Row> writer =
        replies.writeStream().format(SparkwireProvider.FORMAT).options(all).trigger(trigger);
    configureSession();
    writer.outputMode(outputMode);
    Duration firstEpoch = firstEpoch(replica, replicas);
    new QueryId(checkpoint(replica), owner, version, replica, firstEpoch).announce(context());
    try {
      return writer.start();
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      boolean saysAll = Causes.chain(e).anyMatch(IllegalArgumentException.class::isInstance);
      throw new IllegalStateException(
          saysAll ? Causes.message(e) : "Spark did not start the query: " + e.getMessage(), e);
    } finally {
      QueryId.withdraw(context());
    }
  }

  /** Sets in the session what the trigger and the checkpoint need. */
  private void configureSession() {
    RuntimeConfig session = replies.sparkSession().conf();
    if (RealTime.is(trigger)) {
      RealTime.allowAnySink(session); // ours gives each row away at once, as that trigger asks
    }
    if (isContinuous() && !session.contains(EPOCH_POLL_MILLIS)) {
      // Spark's readers ask ten times a second whether an epoch has ended; no reply waits for that.
      session.set(EPOCH_POLL_MILLIS, "1000");
    }
    if (CheckpointFiles.CAN_BE_EXTENDED && !session.contains(LocalCheckpointFileManager.SETTING)) {
      session.set(LocalCheckpointFileManager.SETTING, LocalCheckpointFileManager.class.getName());
    }
  }

  /** Replica k of R ends its first epoch after (k+1)/R of the length, and so they stay apart. */
  private Duration firstEpoch(int replica, int replicas) {
    if (replicas == 1 || isContinuous()) {
      return null;
    }
    Duration whole =
        RealTime.is(trigger)
            ? Duration.ofMillis(RealTime.batchMillis(trigger))
            : source.epochs().length();
    return whole.multipliedBy(replica + 1).dividedBy(replicas);
  }
}
