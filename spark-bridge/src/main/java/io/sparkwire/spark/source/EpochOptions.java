package io.sparkwire.spark.source;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * When epochs end. Immutable.
 *
 * @param length of an open epoch; under the real-time and continuous triggers the trigger decides
 * @param end whether an epoch may stay open
 */
public record EpochOptions(Duration length, End end) implements Serializable {

  public static final ConfigOption<Duration> LENGTH =
      ConfigOption.of(
          "epoch-length", OptionType.durations("1ms"), "5m", "How long an open epoch lasts");

  static final ConfigOption<End> END =
      ConfigOption.of(
          "epochs",
          OptionType.choice(List.of(End.values())),
          "auto",
          "Whether epochs may stay open");

  public EpochOptions {
    LENGTH.check(length);
  }

  /** How an epoch ends in micro-batch mode. */
  public enum End {
    /** Open if replies leave in the task that reads, otherwise drained. */
    AUTO,
    /** Always drained, for pipelines that collect rows into batches before they give any out. */
    DRAINED
  }

  boolean areDrained() {
    return end == End.DRAINED;
  }
}
