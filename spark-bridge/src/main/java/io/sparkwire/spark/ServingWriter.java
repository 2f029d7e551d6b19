package io.sparkwire.spark;

import io.sparkwire.intake.ServingNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;
import org.apache.spark.sql.execution.streaming.ContinuousTrigger;
import org.apache.spark.sql.execution.streaming.RealTimeTrigger;
import org.apache.spark.sql.streaming.DataStreamWriter;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.Utils;
import scala.jdk.javaapi.CollectionConverters;

/** The end of a service's description: how its query runs. Runs on: driver. Not thread-safe. */
public final class ServingWriter {

  /** How long {@link #start} waits until the query takes requests. */
  public static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final String ALLOWLIST_CHECK = "spark.sql.streaming.realTimeMode.allowlistCheck";

  private static final String CHECKPOINT = "checkpointLocation";
  private static final String DEFAULT_CHECKPOINT = "spark.sql.streaming.checkpointLocation";

  private final Dataset<Row> replies;
  private final SparkwireOptions source;
  private final Map<String, String> options = new HashMap<>();
  private Trigger trigger = Trigger.ProcessingTime(0);
  private OutputMode outputMode;

  ServingWriter(Dataset<Row> replies, String service) {
    ReplyColumns.of(replies.schema());
    this.replies = replies;
    this.source = sourceOf(replies, service);
  }

  private static SparkwireOptions sourceOf(Dataset<Row> replies, String service) {
    LogicalPlan plan = replies.queryExecution().analyzed();
    return CollectionConverters.asJava(plan.collectLeaves()).stream()
        .filter(StreamingRelationV2.class::isInstance)
        .map(StreamingRelationV2.class::cast)
        .filter(relation -> relation.table() instanceof SparkwireTable)
        .map(relation -> SparkwireOptions.of(relation.extraOptions().asCaseSensitiveMap()))
        .filter(found -> found.service().name().equals(service))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the replies do not come from requests of a service '" + service + "'"));
  }

  /**
   * When epochs begin: {@code Trigger.ProcessingTime} (the default, without a pause), {@code
   * Trigger.RealTime} or {@code Trigger.Continuous}.
   */
  public ServingWriter trigger(Trigger chosen) {
    trigger = chosen;
    return this;
  }

  /**
   * Spark's output mode; if not set, append, or update under the real-time trigger, which needs it.
   */
  public ServingWriter outputMode(OutputMode mode) {
    outputMode = mode;
    return this;
  }

  /**
   * Sets an option of Spark's writer, for example {@code checkpointLocation}, without which the
   * query begins anew each time.
   */
  public ServingWriter option(String name, String value) {
    options.put(name, value);
    return this;
  }

  /**
   * Starts the query, and returns once it takes requests.
   *
   * @throws IllegalStateException if it cannot start; the message says why: port taken, no task
   *     slot for a partition, name or path served already, or what Spark says
   */
  public ServingQuery start() {
    TaskSlots.check(replies, source, trigger);
    String owner = UUID.randomUUID().toString();
    ServingNode node = ServingNode.current();
    if (TaskSlots.areLocal(replies.sparkSession())) {
      node.serve(source.service(), owner);
    }
    try {
      ServingQuery query =
          new ServingQuery(source, startQuery(owner), !(trigger instanceof ContinuousTrigger));
      query.awaitRunning(START_TIMEOUT);
      return query;
    } catch (RuntimeException e) {
      node.release(source.service().name(), owner);
      throw e;
    }
  }

  private StreamingQuery startQuery(String owner) {
    options.computeIfAbsent(CHECKPOINT, key -> temporaryCheckpoint());
    DataStreamWriter<Row> writer =
        replies.writeStream().format(SparkwireProvider.FORMAT).options(options).trigger(trigger);
    if (trigger instanceof RealTimeTrigger) {
      // Spark knows its own sinks only; ours gives each row away at once, as that trigger asks.
      replies.sparkSession().conf().set(ALLOWLIST_CHECK, "false");
      writer.outputMode(OutputMode.Update());
    }
    if (outputMode != null) {
      writer.outputMode(outputMode);
    }
    SparkContext context = replies.sparkSession().sparkContext();
    context.setLocalProperty(QueryId.OWNER, owner);
    try {
      return writer.start();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark did not start the query: " + e.getMessage(), e);
    } finally {
      context.setLocalProperty(QueryId.OWNER, null);
    }
  }

  /** None if the session has a default; else a directory that is deleted when the JVM ends. */
  private String temporaryCheckpoint() {
    return replies.sparkSession().conf().contains(DEFAULT_CHECKPOINT)
        ? null
        : Utils.createTempDir(System.getProperty("java.io.tmpdir"), "sparkwire-checkpoint")
            .toString();
  }
}
