package io.sparkwire.intake;

import io.sparkwire.history.Replay;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;
import java.util.List;

/**
 * The treatment of requests that were in the pipeline when it failed. Immutable.
 *
 * @param maxAttempts how often the pipeline may fail on a request before the request gets a 500, 1
 *     to 100
 * @param replay what a new attempt hands over again
 * @param errorDetail how much the client of such a request learns about the reason
 */
public record RetryPolicy(int maxAttempts, Replay replay, ErrorDetail errorDetail)
    implements Serializable {

  public static final ConfigOption<Integer> MAX_ATTEMPTS =
      ConfigOption.of(
          "max-attempts",
          OptionType.numbers(1, 100),
          "2",
          "Failures of the pipeline on a request after which that gets 500");

  public static final ConfigOption<Replay> REPLAY =
      ConfigOption.of(
          "replay",
          OptionType.choice(List.of(Replay.values())),
          "unfinished",
          "Requests that a new attempt at an epoch reads again: the unfinished, or all of them, for"
              + " queries with state");

  public static final ConfigOption<ErrorDetail> ERROR_DETAIL =
      ConfigOption.of(
          "error-detail",
          OptionType.choice(List.of(ErrorDetail.values())),
          "type",
          "What a client learns about a failure of the pipeline: nothing, the type of the"
              + " exception, or also its message");

  public RetryPolicy {
    MAX_ATTEMPTS.check(maxAttempts);
  }
}
