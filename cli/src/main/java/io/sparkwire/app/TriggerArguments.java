package io.sparkwire.app;

import io.sparkwire.history.Replay;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import io.sparkwire.spark.ServingSource;
import io.sparkwire.spark.ServingWriter;
import io.sparkwire.spark.source.EpochOptions;
import io.sparkwire.spark.source.SparkwireOptions;
import io.sparkwire.spark.version.RealTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that say when Spark begins epochs. */
final class TriggerArguments {

  private static final ConfigOption<Duration> INTERVAL =
      ConfigOption.computed(
          "trigger-interval",
          OptionType.durations("1ms"),
          "--epoch-length for realtime, 5s for continuous",
          "Length of a batch of the realtime trigger, or of an epoch of the continuous one");

  /** Spark's own bound. */
  private static final Duration SHORTEST_REALTIME = Duration.ofSeconds(5);

  private static final Duration DEFAULT_CONTINUOUS = Duration.ofSeconds(5);

  @Option(
      names = "--trigger",
      paramLabel = "micro|realtime|continuous",
      defaultValue = "micro",
      description = "Spark's trigger (default: ${DEFAULT-VALUE}).")
  private Kind kind;

  @Mixin private final OptionArguments intervals = new OptionArguments(List.of(INTERVAL));

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
   * Checks what the trigger requires of a service.
   *
   * @param options of the source
   * @param spark Spark's settings, its master among them
   * @throws IllegalArgumentException if it requires something else
   */
  void checkSuits(Map<String, String> options, SparkConf spark) {
    if (kind == Kind.MICRO) {
      return;
    }
    ServingSource.checkSlots(options, Math.max(1, replicas()), spark.get("spark.master"));
    if (kind == Kind.CONTINUOUS && replay(options) == Replay.EXACT) {
      throw new IllegalArgumentException(
          "option 'replay' must be unfinished with the continuous trigger, whose readers outlive"
              + " epochs; use --trigger micro for exact");
    }
    ConfigOption<Duration> length = interval() == null ? EpochOptions.LENGTH : INTERVAL;
    String given = interval() == null ? options.get(EpochOptions.LENGTH.name()) : interval();
    if (kind == Kind.REALTIME
        && given != null
        && length.read(given).compareTo(SHORTEST_REALTIME) < 0
        && !spark.contains(RealTime.SHORTEST_BATCH)) {
      throw new IllegalArgumentException(
          "option '%s' must be at least 5s with the realtime trigger, the value of Spark's %s, got '%s'"
              .formatted(length.name(), RealTime.SHORTEST_BATCH, given));
    }
  }

  private static Replay replay(Map<String, String> options) {
    return RetryPolicy.REPLAY.from(new Options(options, SparkwireOptions.ALL));
  }

  private String interval() {
    return intervals.given().get(INTERVAL.name());
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
    if (kind == Kind.MICRO && interval() != null) {
      throw new IllegalArgumentException(
          "option 'trigger-interval' is for the triggers realtime and continuous;"
              + " use 'epoch-length' with micro");
    }
    return switch (kind) {
      case MICRO -> Trigger.ProcessingTime(0);
      case REALTIME -> RealTime.trigger(interval(epochLength(epochLength)).toMillis());
      case CONTINUOUS -> Trigger.Continuous(interval(DEFAULT_CONTINUOUS).toMillis());
    };
  }

  private Duration interval(Duration otherwise) {
    return INTERVAL.from(intervals.options(), otherwise);
  }

  private static Duration epochLength(String given) {
    return given == null ? EpochOptions.LENGTH.defaultValue() : EpochOptions.LENGTH.read(given);
  }
}
