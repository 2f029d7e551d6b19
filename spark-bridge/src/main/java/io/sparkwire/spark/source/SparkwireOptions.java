package io.sparkwire.spark.source;

import io.sparkwire.history.Replay;
import io.sparkwire.intake.ErrorDetail;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.options.Options;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The options of the source. Immutable.
 *
 * @param service what every node must know of it
 * @param partitions how many Spark tasks read requests, 1 to 4,096
 * @param epochLength how long an open epoch lasts; under the real-time and continuous triggers the
 *     trigger decides
 * @param epochs whether an epoch may stay open
 * @param retry what becomes of requests that were in the pipeline when it failed
 */
public record SparkwireOptions(
    ServiceSpec service, int partitions, Duration epochLength, Epochs epochs, RetryPolicy retry)
    implements Serializable {

  public static final String SERVICE = "service";
  public static final String HOST = "host";
  public static final String PORT = "port";
  static final String PATH = "path";
  static final String METHODS = "methods";
  static final String PARTITIONS = "partitions";
  static final String EPOCH_LENGTH = "epoch-length";
  static final String EPOCHS = "epochs";
  static final String MAX_IN_FLIGHT = "max-in-flight";
  static final String MAX_BODY = "max-body";
  static final String TIMEOUT = "timeout";
  static final String MAX_ATTEMPTS = "max-attempts";
  static final String REPLAY = "replay";
  static final String ERROR_DETAIL = "error-detail";
  static final String IDEMPOTENCY = "idempotency";
  static final String ASYNC = "async";
  static final String ASYNC_TIMEOUT = "async-timeout";

  static final Set<String> KEYS =
      Set.of(
          SERVICE,
          HOST,
          PORT,
          PATH,
          METHODS,
          PARTITIONS,
          EPOCH_LENGTH,
          EPOCHS,
          MAX_IN_FLIGHT,
          MAX_BODY,
          MAX_ATTEMPTS,
          REPLAY,
          ERROR_DETAIL,
          IDEMPOTENCY,
          ASYNC,
          ASYNC_TIMEOUT,
          TIMEOUT);

  static final Duration DEFAULT_EPOCH_LENGTH = Duration.ofMinutes(5);

  private static final int MAX_PARTITIONS = 4_096;
  private static final int CORES_PER_PARTITION = 2;

  public SparkwireOptions {
    Options.require(
        partitions >= 1 && partitions <= MAX_PARTITIONS,
        "partitions",
        "1 to " + MAX_PARTITIONS,
        partitions);
    Options.require(epochLength.toMillis() >= 1, "epoch-length", "at least 1ms", epochLength);
  }

  /** How an epoch ends in micro-batch mode. */
  enum Epochs {
    /** Open if replies leave in the task that reads, else drained. */
    AUTO,
    /** Always drained, for pipelines that collect rows into batches before they give any out. */
    DRAINED
  }

  /**
   * The options of a source, checked.
   *
   * @throws IllegalArgumentException if a key is unknown or missing, or a value out of its range
   */
  public static SparkwireOptions of(Map<String, String> values) {
    Options options = new Options(values, KEYS);
    if (options.has(ASYNC_TIMEOUT) && !options.has(ASYNC)) {
      throw new IllegalArgumentException("option 'async-timeout' needs the option 'async'");
    }
    String name = options.text(SERVICE, null);
    if (name == null) {
      throw new IllegalArgumentException("option 'service', the name of the service, is missing");
    }
    ServiceSpec.requireName(SERVICE, name); // before the path, whose default is the name
    return new SparkwireOptions(
        service(name, options),
        options.integer(PARTITIONS, defaultPartitions()),
        options.duration(EPOCH_LENGTH, DEFAULT_EPOCH_LENGTH),
        Options.choice(EPOCHS, options.text(EPOCHS, "auto"), List.of(Epochs.values())),
        new RetryPolicy(
            options.integer(MAX_ATTEMPTS, RetryPolicy.DEFAULT_MAX_ATTEMPTS),
            Options.choice(REPLAY, options.text(REPLAY, "unfinished"), List.of(Replay.values())),
            Options.choice(
                ERROR_DETAIL, options.text(ERROR_DETAIL, "type"), List.of(ErrorDetail.values()))));
  }

  private static ServiceSpec service(String name, Options options) {
    return new ServiceSpec(
        name,
        new ListenAddress(
            options.text(HOST, ListenAddress.DEFAULT_HOST),
            options.integer(PORT, ListenAddress.DEFAULT_PORT)),
        new RouteSpec(options.text(PATH, "/" + name), methods(options)),
        new ServiceLimits(
            options.integer(MAX_IN_FLIGHT, ServiceLimits.DEFAULT_MAX_IN_FLIGHT),
            options.bytes(MAX_BODY, ServiceLimits.DEFAULT_MAX_BODY_BYTES),
            options.duration(TIMEOUT, ServiceLimits.DEFAULT_TIMEOUT)),
        new ReplyRetention(
            options.durationOrOff(IDEMPOTENCY),
            options.durationOrOff(ASYNC),
            options.duration(ASYNC_TIMEOUT, ReplyRetention.DEFAULT_ASYNC_TIMEOUT)),
        ServiceSchema.UNKNOWN);
  }

  /** The same options of a service whose pipeline shows that schema. */
  public SparkwireOptions withSchema(ServiceSchema schema) {
    return new SparkwireOptions(service.withSchema(schema), partitions, epochLength, epochs, retry);
  }

  private static Set<String> methods(Options options) {
    return options.list(METHODS, List.copyOf(RouteSpec.DEFAULT_METHODS)).stream()
        .map(method -> method.toUpperCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * One for every two cores: the others are for event loops, garbage collection and the client's
   * peers.
   */
  private static int defaultPartitions() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_PARTITION);
  }
}
