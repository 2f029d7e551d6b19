package io.sparkwire.httpclient.calls;

import java.io.Serializable;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLException;

/**
 * The rules for repeating calls: which ones, how often, and after what pause. Immutable.
 *
 * <p>Methods that HTTP calls idempotent (RFC 9110, 9.2.2) are repeated; others only if the service
 * is said to tolerate that. Of the statuses, 408, 429, 500, 502, 503 and 504 are repeated; of the
 * failures, all but those of TLS, of the answer's size and of its encoding.
 *
 * @param max how often at most a call is repeated, from 0
 * @param backoff the first pause in milliseconds; each further one is twice as long, 10 s at most,
 *     and all are shortened by up to a half at random
 * @param repeatsAll whether methods that are not idempotent are repeated too
 */
public record Retries(int max, long backoff, boolean repeatsAll) implements Serializable {

  static final long LONGEST_PAUSE = 10_000;

  private static final int MOST = 100;
  private static final Set<String> IDEMPOTENT =
      Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE");
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  public Retries {
    if (max < 0 || max > MOST) {
      throw new IllegalArgumentException(
          "param 'retries' must be 0 to " + MOST + ", got '" + max + "'");
    }
    if (backoff < 1 || backoff > LONGEST_PAUSE) {
      throw new IllegalArgumentException(
          "param 'backoff' must be 1 to " + LONGEST_PAUSE + " ms, got '" + backoff + "'");
    }
  }

  /** Whether a call that ended like this should be made once more. */
  boolean again(String method, CallOutcome outcome) {
    return outcome.attempts() <= max
        && (repeatsAll || IDEMPOTENT.contains(method))
        && (outcome.isWhole()
            ? PASSING.contains(outcome.answer().status())
            : mayPass(outcome.failure()));
  }

  private static boolean mayPass(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof SSLException
          || e instanceof BodyTooLargeException
          || e instanceof IllegalArgumentException
          || e instanceof InvalidBodyException) {
        return false;
      }
    }
    return true;
  }

  /** The pause after so many attempts, in milliseconds. */
  long pause(int attempts, RandomGenerator random) {
    long full = Math.min(LONGEST_PAUSE, backoff << Math.min(attempts - 1, 20));
    return Math.max(1, full - random.nextLong(full / 2 + 1));
  }
}
