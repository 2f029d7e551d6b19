package io.sparkwire.spark;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.WarmUpRequest;
import io.sparkwire.options.Options;
import io.sparkwire.spark.json.BoundedFromJson;
import io.sparkwire.spark.plan.OneRowPerRequest;
import io.sparkwire.spark.plan.ServedPlan;
import io.sparkwire.spark.source.ReplyColumns;
import io.sparkwire.spark.source.SparkwireOptions;
import io.sparkwire.spark.source.TaskSlots;
import io.sparkwire.spark.version.RealTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.streaming.OutputMode;
import org.apache.spark.sql.streaming.Trigger;

/** The end of a service's description: how its query runs. Runs on: driver. Not thread-safe. */
public final class ServingWriter {

  /** How long {@link #start} waits until the query takes requests. */
  public static final Duration START_TIMEOUT = Duration.ofSeconds(60);

  private static final int MAX_REPLICAS = 16;

  private static final String CHECKPOINT = "checkpointLocation";
  private static final String DEFAULT_CHECKPOINT = "spark.sql.streaming.checkpointLocation";

  private Dataset<Row> replies;
  private final SparkwireOptions source;
  private final Map<String, String> options = new HashMap<>();
  private Trigger trigger = Trigger.ProcessingTime(0);
  private OutputMode outputMode;
  private int replicas;
  private WarmUpRequest sample;

  ServingWriter(Dataset<Row> replies, String service) {
    ReplyColumns.of(replies.schema());
    OneRowPerRequest.check(replies.queryExecution().analyzed());
    Dataset<Row> checked = NeededFields.in(replies);
    this.replies = ServedPlan.of(BoundedFromJson.in(checked));
    this.source = RequestSources.of(replies, service).withSchema(PipelineSchema.of(checked));
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
   * How many equal queries run side by side, 1 to 16. If not set, two where the pipeline passes
   * rows on one by one and there are task slots for both, otherwise one.
   */
  public ServingWriter replicas(int number) {
    checkReplicas(number);
    replicas = number;
    return this;
  }

  /**
   * Checks a number of query replicas before anything starts.
   *
   * @throws IllegalArgumentException if it is no number of {@link #replicas}
   */
  public static void checkReplicas(int number) {
    Options.require(
        number >= 1 && number <= MAX_REPLICAS, "replicas", "1 to " + MAX_REPLICAS, number);
  }

  /**
   * Names the version of the pipeline, which each of its replies then has in the header field
   * {@value VersionHeader#NAME}; replies from within a pipeline do not.
   */
  public ServingWriter version(String name) {
    replies = VersionHeader.on(replies, name);
    return this;
  }

  /**
   * Has a sample request sent through the pipeline, some thousands of times within two seconds,
   * before the service counts as started: so that no client has to wait until code is generated and
   * compiled. The service must answer it with a status below 400, or it does not start.
   *
   * @param contentType of the body
   */
  public ServingWriter warmUp(String contentType, byte[] body) {
    sample = new WarmUpRequest(contentType, body);
    return this;
  }

  /**
   * Starts the service, and returns once it takes requests.
   *
   * @throws IllegalStateException if it cannot start; the message says why: port taken, no task
   *     slot for a partition, name or path served already, or what Spark says
   */
  public ServingQuery start() {
    TaskSlots slots = slots();
    int chosen = chosenReplicas(slots);
    slots.check(chosen);
    return ServingQuery.start(plan(), chosen, sample);
  }

  /**
   * Checks that this is a version of a service: only the schema may be another.
   *
   * @throws IllegalArgumentException if this is not about that very service
   */
  void checkServes(ServiceSpec service) {
    ServiceSpec same = service.withSchema(ServiceSchema.UNKNOWN);
    ServiceSpec next = source.service().withSchema(ServiceSchema.UNKNOWN);
    if (!next.equals(same)) {
      throw new IllegalArgumentException(
          "a new version must serve " + same + " with the same options, but it serves " + next);
    }
  }

  /** What the pipeline is warmed up with; null if it is not. */
  WarmUpRequest sample() {
    return sample;
  }

  /** The task slots as they are now. */
  TaskSlots slots() {
    return TaskSlots.of(replies, source, trigger);
  }

  /** As many replicas as were asked for; if that was left open, as fit into these slots. */
  int chosenReplicas(TaskSlots slots) {
    return replicas == 0 ? slots.defaultReplicas() : replicas;
  }

  QueryPlan plan() {
    Map<String, String> others = new HashMap<>(options);
    String checkpoint = others.remove(CHECKPOINT);
    return new QueryPlan(
        replies,
        source,
        trigger,
        outputMode == null ? defaultOutputMode() : outputMode,
        Map.copyOf(others),
        checkpoint == null ? defaultCheckpoint() : checkpoint);
  }

  private OutputMode defaultOutputMode() {
    return RealTime.is(trigger) ? OutputMode.Update() : OutputMode.Append();
  }

  /**
   * Below the session's default if it has one; otherwise a directory that is deleted when the JVM
   * ends.
   */
  private String defaultCheckpoint() {
    return replies.sparkSession().conf().contains(DEFAULT_CHECKPOINT)
        ? replies.sparkSession().conf().get(DEFAULT_CHECKPOINT) + "/" + source.service().name()
        : TemporaryDirectory.create("sparkwire-checkpoint").toString();
  }
}
