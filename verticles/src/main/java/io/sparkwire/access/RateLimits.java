package io.sparkwire.access;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.sparkwire.cluster.RateLimit;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How many requests each client has sent of late: a bucket of tokens for each, which is filled at a
 * steady rate. A client that has not been seen for some time has a full one, and takes no memory.
 *
 * <p>A bucket is one number, the time at which it will be full again (the generic cell rate
 * algorithm, ITU-T I.371). Thread-safe.
 */
public final class RateLimits {

  private static final long MOST_CLIENTS = 100_000;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final RateLimit limit;
  private final LongSupplier nanoTime;
  private final long interval;
  private final LoadingCache<String, AtomicLong> full;

  /** Those of a limit, by the clock of {@link System#nanoTime}; null if it is off. */
  public static RateLimits of(RateLimit limit) {
    return limit.isOn() ? new RateLimits(limit, System::nanoTime) : null;
  }

  RateLimits(RateLimit limit, LongSupplier nanoTime) {
    this.limit = limit;
    this.nanoTime = nanoTime;
    this.interval = Math.max(1, SECOND / limit.perSecond());
    this.full =
        Caffeine.newBuilder()
            .maximumSize(MOST_CLIENTS)
            .expireAfterAccess(Duration.ofNanos(interval * limit.burst()).plusSeconds(1))
            .build(client -> new AtomicLong(nanoTime.getAsLong()));
  }

  /**
   * Takes a token of a client.
   *
   * @param response gets the fields that say what is left
   * @return null if there was one, otherwise what the client gets
   */
  ServiceReply take(String client, HttpServerResponse response) {
    AtomicLong bucket = full.get(client);
    long now = nanoTime.getAsLong();
    long depth = interval * limit.burst();
    long missing = missing(bucket.get(), now);
    while (missing + interval <= depth) {
      long before = bucket.get();
      missing = missing(before, now);
      if (missing + interval <= depth && bucket.compareAndSet(before, now + missing + interval)) {
        describe(response, depth - missing - interval, missing + interval);
        return null;
      }
    }
    describe(response, 0, missing);
    return refusal(missing + interval - depth);
  }

  private static long missing(long full, long now) {
    return Math.max(0, full - now);
  }

  private void describe(HttpServerResponse response, long left, long untilFull) {
    response
        .putHeader("RateLimit-Limit", Integer.toString(limit.burst()))
        .putHeader("RateLimit-Remaining", Long.toString(left / interval))
        .putHeader("RateLimit-Reset", Long.toString(seconds(untilFull)));
  }

  private ServiceReply refusal(long wait) {
    return ServiceFailure.of(
            FailureCode.TOO_MANY_REQUESTS,
            "a client may send %d requests per second, and %d at once"
                .formatted(limit.perSecond(), limit.burst()))
        .toReply()
        .with(new Header("Retry-After", Long.toString(seconds(wait))));
  }

  private static long seconds(long nanos) {
    return (nanos + SECOND - 1) / SECOND;
  }
}
