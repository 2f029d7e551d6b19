package io.sparkwire.spark.source;

import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.message.ListenAddress;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ResponseOptions;
import io.sparkwire.message.RouteSpec;
import io.sparkwire.message.ServiceLimits;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import io.sparkwire.python.PythonOptions;
import io.sparkwire.spark.json.NonFinite;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.streaming.StreamingRelationV2;

/**
 * The options of the source. Immutable.
 *
 * @param service what every node must know of it
 * @param partitions how many Spark tasks read requests, 1 to 4,096
 * @param epochs when they end
 * @param retry the treatment of requests that were in the pipeline when it failed
 * @param python how Python functions are computed
 */
public record SparkwireOptions(
    ServiceSpec service,
    int partitions,
    EpochOptions epochs,
    RetryPolicy retry,
    PythonOptions python)
    implements Serializable {

  static final ConfigOption<Integer> PARTITIONS =
      ConfigOption.computed(
          "partitions",
          OptionType.numbers(1, 4_096),
          "one for every two cores, at least 1",
          "Spark tasks that read requests");

  /** All options of a service, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL =
      List.of(
          ServiceSpec.SERVICE,
          ListenAddress.HOST,
          ListenAddress.PORT,
          ServicePath.PATH,
          RouteSpec.METHODS,
          RouteSpec.BATCH,
          RouteSpec.PROTOCOLS,
          RouteSpec.DOCS,
          PARTITIONS,
          EpochOptions.LENGTH,
          EpochOptions.END,
          ServiceLimits.MAX_IN_FLIGHT,
          ServiceLimits.MAX_BODY,
          ServiceLimits.MAX_ROWS,
          ServiceLimits.TIMEOUT,
          RetryPolicy.MAX_ATTEMPTS,
          RetryPolicy.REPLAY,
          RetryPolicy.ERROR_DETAIL,
          NonFinite.OPTION,
          PythonOptions.WORKERS,
          PythonOptions.BATCH_ROWS,
          PythonOptions.MEMORY,
          PythonOptions.TIMEOUT,
          ReplyRetention.IDEMPOTENCY,
          ReplyRetention.ASYNC,
          ReplyRetention.ASYNC_TIMEOUT,
          ResponseOptions.NO_ROW,
          ResponseOptions.COMPRESS_ABOVE,
          ResponseOptions.OVERLOAD_STATUS,
          ResponseOptions.REQUEST_ID,
          ResponseOptions.SERVER_TIMING);

  private static final int CORES_PER_PARTITION = 2;

  public SparkwireOptions {
    PARTITIONS.check(partitions);
  }

  /**
   * The options of a source, checked.
   *
   * @throws IllegalArgumentException if a key is unknown or missing, or a value out of its range
   */
  public static SparkwireOptions of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    if (options.has(ReplyRetention.ASYNC_TIMEOUT) && !options.has(ReplyRetention.ASYNC)) {
      throw new IllegalArgumentException("option 'async-timeout' needs the option 'async'");
    }
    if (!options.has(ServiceSpec.SERVICE)) {
      throw new IllegalArgumentException("option 'service', the name of the service, is missing");
    }
    String name = ServiceSpec.SERVICE.from(options); // before the path, whose default is the name
    return new SparkwireOptions(
        service(name, options),
        PARTITIONS.from(options, defaultPartitions()),
        new EpochOptions(EpochOptions.LENGTH.from(options), EpochOptions.END.from(options)),
        new RetryPolicy(
            RetryPolicy.MAX_ATTEMPTS.from(options),
            RetryPolicy.REPLAY.from(options),
            RetryPolicy.ERROR_DETAIL.from(options)),
        PythonOptions.of(options, ServiceLimits.TIMEOUT.from(options)));
  }

  /** The options of a source in a plan, checked. */
  public static SparkwireOptions of(StreamingRelationV2 source) {
    return of(source.extraOptions().asCaseSensitiveMap());
  }

  private static ServiceSpec service(String name, Options options) {
    return new ServiceSpec(
        name,
        new ListenAddress(ListenAddress.HOST.from(options), ListenAddress.PORT.from(options)),
        new RouteSpec(
            ServicePath.PATH.from(options, "/" + name),
            methods(options),
            RouteSpec.BATCH.from(options),
            RouteSpec.PROTOCOLS.from(options),
            RouteSpec.DOCS.from(options)),
        new ServiceLimits(
            ServiceLimits.MAX_IN_FLIGHT.from(options),
            ServiceLimits.MAX_BODY.from(options),
            ServiceLimits.MAX_ROWS.from(options),
            ServiceLimits.TIMEOUT.from(options)),
        new ReplyRetention(
            ReplyRetention.IDEMPOTENCY.from(options),
            ReplyRetention.ASYNC.from(options),
            ReplyRetention.ASYNC_TIMEOUT.from(options)),
        ResponseOptions.of(options),
        ServiceSchema.UNKNOWN);
  }

  /** The same options of a service whose pipeline shows that schema. */
  public SparkwireOptions withSchema(ServiceSchema schema) {
    return new SparkwireOptions(service.withSchema(schema), partitions, epochs, retry, python);
  }

  private static Set<String> methods(Options options) {
    return RouteSpec.METHODS.from(options).stream()
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
