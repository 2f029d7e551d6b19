package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;
import java.time.Duration;

/**
 * For how long a service keeps replies beyond the connection of their request.
 *
 * <p>Immutable.
 *
 * @param idempotency how long the reply to a request with an {@code Idempotency-Key} is kept, 1 s
 *     to 7 days; zero if the service ignores such keys
 * @param async how long the reply to an asynchronous request is kept, 1 s to 7 days; zero if the
 *     service takes none
 * @param asyncTimeout how long an asynchronous request may take, 1 ms to 7 days
 */
public record ReplyRetention(Duration idempotency, Duration async, Duration asyncTimeout)
    implements Serializable {

  private static final OptionType<Duration> TIMES = OptionType.durationsOrOff("1s", "168h");

  public static final ConfigOption<Duration> IDEMPOTENCY =
      ConfigOption.of(
          "idempotency",
          TIMES,
          "off",
          "How long the reply to a request with an Idempotency-Key is kept for those that repeat it");

  public static final ConfigOption<Duration> ASYNC =
      ConfigOption.of(
          "async",
          TIMES,
          "off",
          "Take asynchronous requests (Prefer: respond-async), and keep their replies for this time");

  public static final ConfigOption<Duration> ASYNC_TIMEOUT =
      ConfigOption.of(
          "async-timeout",
          OptionType.durations("1ms", "168h"),
          "10m",
          "How long an asynchronous request may take");

  /** Nothing is kept. */
  public static final ReplyRetention OFF = new ReplyRetention(Duration.ZERO, Duration.ZERO);

  public ReplyRetention {
    IDEMPOTENCY.check(idempotency);
    ASYNC.check(async);
    ASYNC_TIMEOUT.check(asyncTimeout);
  }

  public ReplyRetention(Duration idempotency, Duration async) {
    this(idempotency, async, ASYNC_TIMEOUT.defaultValue());
  }

  /** Whether the service honours {@code Idempotency-Key}. */
  public boolean hasIdempotency() {
    return !idempotency.isZero();
  }

  /** Whether the service takes asynchronous requests. */
  public boolean hasAsync() {
    return !async.isZero();
  }

  public boolean isOn() {
    return hasIdempotency() || hasAsync();
  }
}
