package io.sparkwire.spark;

import io.sparkwire.cluster.Options;
import io.sparkwire.protocol.ServiceSpec;
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
 * @param maxAttempts how often the pipeline may fail on a request before that is answered 500, 1 to
 *     100
 */
record SparkwireOptions(
    ServiceSpec service, int partitions, Duration epochLength, Epochs epochs, int maxAttempts)
    implements Serializable {

  static final String SERVICE = "service";
  static final String HOST = "host";
  static final String PORT = "port";
  static final String PATH = "path";
  static final String METHODS = "methods";
  static final String PARTITIONS = "partitions";
  static final String EPOCH_LENGTH = "epoch-length";
  static final String EPOCHS = "epochs";
  static final String MAX_IN_FLIGHT = "max-in-flight";
  static final String MAX_BODY = "max-body";
  static final String TIMEOUT = "timeout";
  static final String MAX_ATTEMPTS = "max-attempts";

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
          TIMEOUT);

  static final int DEFAULT_MAX_ATTEMPTS = 2;
  static final Duration DEFAULT_EPOCH_LENGTH = Duration.ofMinutes(5);

  private static final int MAX_PARTITIONS = 4_096;
  private static final int MOST_ATTEMPTS = 100;
  private static final int CORES_PER_PARTITION = 2;

  SparkwireOptions {
    if (partitions < 1 || partitions > MAX_PARTITIONS) {
      throw new IllegalArgumentException(
          "option 'partitions' must be 1 to " + MAX_PARTITIONS + ", but '" + partitions + "' came");
    }
    if (maxAttempts < 1 || maxAttempts > MOST_ATTEMPTS) {
      throw new IllegalArgumentException(
          "option 'max-attempts' must be 1 to "
              + MOST_ATTEMPTS
              + ", but '"
              + maxAttempts
              + "' came");
    }
    if (epochLength.toMillis() < 1) {
      throw new IllegalArgumentException(
          "option 'epoch-length' must be at least 1ms, but '" + epochLength + "' came");
    }
  }

  /** How an epoch ends in micro-batch mode. */
  enum Epochs {
    /** Open if replies leave in the task that reads, else drained. */
    AUTO,
    /** Always drained, for pipelines that collect rows into batches before they give any out. */
    DRAINED
  }

  /**
   * @throws IllegalArgumentException if a key is unknown or missing, or a value out of its range
   */
  static SparkwireOptions of(Map<String, String> values) {
    Options options = new Options(values, KEYS);
    String name = options.text(SERVICE, null);
    if (name == null) {
      throw new IllegalArgumentException("option 'service', the name of the service, is missing");
    }
    ServiceSpec service =
        new ServiceSpec(
            name,
            options.text(HOST, ServiceSpec.DEFAULT_HOST),
            options.integer(PORT, ServiceSpec.DEFAULT_PORT),
            options.text(PATH, "/" + name),
            methods(options),
            options.integer(MAX_IN_FLIGHT, ServiceSpec.DEFAULT_MAX_IN_FLIGHT),
            options.bytes(MAX_BODY, ServiceSpec.DEFAULT_MAX_BODY_BYTES),
            options.duration(TIMEOUT, ServiceSpec.DEFAULT_TIMEOUT));
    return new SparkwireOptions(
        service,
        options.integer(PARTITIONS, defaultPartitions()),
        options.duration(EPOCH_LENGTH, DEFAULT_EPOCH_LENGTH),
        epochs(options.text(EPOCHS, "auto")),
        options.integer(MAX_ATTEMPTS, DEFAULT_MAX_ATTEMPTS));
  }

  private static Set<String> methods(Options options) {
    return options.list(METHODS, List.copyOf(ServiceSpec.DEFAULT_METHODS)).stream()
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

  private static Epochs epochs(String text) {
    try {
      return Epochs.valueOf(text.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "option 'epochs' must be auto or drained, but '" + text + "' came", e);
    }
  }
}
