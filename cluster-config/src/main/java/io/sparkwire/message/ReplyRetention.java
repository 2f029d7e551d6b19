package io.sparkwire.message;

import static io.sparkwire.options.Options.require;

import java.io.Serializable;
import java.time.Duration;

/**
 * For how long a service keeps replies beyond the connection of their request.
 *
 * <p>Immutable.
 *
 * @param idempotency how long the reply to a request with an {@code Idempotency-Key} is kept, 1 s
 *     to 7 days; zero if the service does not look at such keys
 * @param async how long the reply to an asynchronous request is kept, 1 s to 7 days; zero if the
 *     service takes none
 * @param asyncTimeout how long an asynchronous request may take, 1 ms to 7 days
 */
public record ReplyRetention(Duration idempotency, Duration async, Duration asyncTimeout)
    implements Serializable {

  public static final Duration DEFAULT_ASYNC_TIMEOUT = Duration.ofMinutes(10);

  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration MOST = Duration.ofDays(7);

  /** Nothing is kept. */
  public static final ReplyRetention OFF = new ReplyRetention(Duration.ZERO, Duration.ZERO);

  public ReplyRetention {
    checkRetention("idempotency", idempotency);
    checkRetention("async", async);
    require(
        asyncTimeout.toMillis() >= 1 && asyncTimeout.compareTo(MOST) <= 0,
        "async-timeout",
        "1ms to 168h",
        asyncTimeout);
  }

  public ReplyRetention(Duration idempotency, Duration async) {
    this(idempotency, async, DEFAULT_ASYNC_TIMEOUT);
  }

  /** Whether the service looks at {@code Idempotency-Key}. */
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

  private static void checkRetention(String option, Duration time) {
    boolean within = time.compareTo(LEAST) >= 0 && time.compareTo(MOST) <= 0;
    require(time.isZero() || within, option, "off or 1s to 168h", time);
  }
}
