package io.sparkwire.app;

import io.sparkwire.options.Options;
import io.sparkwire.spark.ServingSource;
import io.sparkwire.spark.ServingWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Option;

/** The arguments that say when Spark begins epochs. */
final class TriggerArguments {

  private static final String INTERVAL = "trigger-interval";
  private static final Duration DEFAULT_REALTIME = Duration.ofMinutes(5);

  /** Spark's own bound, and the setting that moves it. */
  private static final Duration SHORTEST_REALTIME = Duration.ofSeconds(5);

  private static final String SHORTEST =
      SQLConf.STREAMING_REAL_TIME_MODE_MIN_BATCH_DURATION().key();

  private static final Duration DEFAULT_CONTINUOUS = Duration.ofSeconds(5);

  @Option(
      names = "--trigger",
      paramLabel = "micro|realtime|continuous",
      defaultValue = "micro",
      description = "Spark's trigger (default: ${DEFAULT-VALUE}).")
  private Kind kind;

  @Option(
      names = "--" + INTERVAL,
      paramLabel = "DURATION",
      description =
          "Length of a batch of the realtime trigger (default: --epoch-length),"
              + " or of an epoch of the continuous one (default: 5s).")
  private String interval;

  @Option(
      names = "--replicas",
      paramLabel = "N",
      description =
          "Equal queries side by side, so that one goes on while another restarts or is between"
              + " epochs (default: two if the pipeline passes rows on one by one, otherwise one).")
  private Integer replicas;

  /**
   * How many query replicas were asked for; 0 if that is left to Sparkwire.
   *
   * @throws IllegalArgumentException if there cannot be so many
   */
  int replicas() {
    if (replicas == null) {
      return 0;
    }
    ServingWriter.checkReplicas(replicas);
    return replicas;
  }

  /**
   * Checks what the trigger asks of a service.
   *
   * @param options of the source
   * @param spark what is set of Spark, its master among it
   * @throws IllegalArgumentException if it asks for something else
   */
  void checkSuits(Map<String, String> options, SparkConf spark) {
    if (kind == Kind.MICRO) {
      return;
    }
    ServingSource.checkSlots(options, Math.max(1, replicas()), spark.get("spark.master"));
    if (kind == Kind.CONTINUOUS && "exact".equalsIgnoreCase(options.get("replay"))) {
      throw new IllegalArgumentException(
          "option 'replay' must be unfinished with the continuous trigger, whose readers outlive"
              + " epochs; use --trigger micro for exact");
    }
    String given = interval == null ? options.get("epoch-length") : interval;
    if (kind == Kind.REALTIME
        && millis(given, DEFAULT_REALTIME) < SHORTEST_REALTIME.toMillis()
        && !spark.contains(SHORTEST)) {
      throw new IllegalArgumentException(
          "option '%s' must be at least 5s with the realtime trigger, the value of Spark's %s, got '%s'"
              .formatted(interval == null ? "epoch-length" : INTERVAL, SHORTEST, given));
    }
  }

  /** The trigger by its name on the command line. */
  enum Kind {
    MICRO,
    REALTIME,
    CONTINUOUS
  }

  /**
   * @param epochLength as it was given, for the realtime trigger; null if it was not
   * @throws IllegalArgumentException if an interval was given that cannot be read or has no use
   */
  Trigger trigger(String epochLength) {
    if (kind == Kind.MICRO && interval != null) {
      throw new IllegalArgumentException(
          "option 'trigger-interval' is for the triggers realtime and continuous;"
              + " use 'epoch-length' with micro");
    }
    return switch (kind) {
      case MICRO -> Trigger.ProcessingTime(0);
      case REALTIME ->
          Trigger.RealTime(millis(interval == null ? epochLength : interval, DEFAULT_REALTIME));
      case CONTINUOUS -> Trigger.Continuous(millis(interval, DEFAULT_CONTINUOUS));
    };
  }

  private static long millis(String text, Duration otherwise) {
    Map<String, String> given = text == null ? Map.of() : Map.of(INTERVAL, text);
    long millis = new Options(given, Set.of(INTERVAL)).duration(INTERVAL, otherwise).toMillis();
    Options.require(millis >= 1, INTERVAL, "at least 1ms", text);
    return millis;
  }
}
