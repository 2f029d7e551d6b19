package io.sparkwire.app;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.spark.ServingQuery;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Mixin;

/** The argument that says how a program which takes requests stops. */
final class DrainArguments {

  static final ConfigOption<Duration> DRAIN_TIMEOUT =
      ConfigOption.of(
          "drain-timeout",
          OptionType.durations(),
          ServingQuery.DEFAULT_DRAIN_TIMEOUT.toSeconds() + "s",
          "How long SIGTERM and Ctrl-C wait for the requests in flight");

  @Mixin private final OptionArguments arguments = new OptionArguments(List.of(DRAIN_TIMEOUT));

  /**
   * @throws IllegalArgumentException if it is no duration
   */
  Duration timeout() {
    return DRAIN_TIMEOUT.from(arguments.options());
  }
}
