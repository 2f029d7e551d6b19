package io.sparkwire.intake;

import io.sparkwire.history.Replay;
import io.sparkwire.options.Options;
import java.io.Serializable;

/**
 * What becomes of requests that were in the pipeline when it failed. Immutable.
 *
 * @param maxAttempts how often the pipeline may fail on a request before the request gets a 500, 1
 *     to 100
 * @param replay what a new attempt hands over again
 * @param errorDetail what the client of such a request is told of the reason
 */
public record RetryPolicy(int maxAttempts, Replay replay, ErrorDetail errorDetail)
    implements Serializable {

  public static final int DEFAULT_MAX_ATTEMPTS = 2;

  private static final int MOST_ATTEMPTS = 100;

  public RetryPolicy {
    Options.require(
        maxAttempts >= 1 && maxAttempts <= MOST_ATTEMPTS,
        "max-attempts",
        "1 to " + MOST_ATTEMPTS,
        maxAttempts);
  }
}
