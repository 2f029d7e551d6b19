package io.sparkwire.load.client;

import java.time.Duration;

/**
 * How a {@link ClosedLoopClient} drives a server.
 *
 * @param connections how many, hence also how many requests are outstanding; at least 1
 * @param warmUp how long to drive before measuring; may be zero
 * @param measured how long to measure; more than zero
 * @param timeout after how long a reply counts as lost; more than zero
 */
public record ClosedLoopOptions(
    int connections, Duration warmUp, Duration measured, Duration timeout) {
  public static final int DEFAULT_CONNECTIONS = 64;

  public ClosedLoopOptions {
    if (connections < 1) {
      throw new IllegalArgumentException("connections must be at least 1; got " + connections);
    }
    if (warmUp.isNegative()) {
      throw new IllegalArgumentException("warm-up must not be negative; got " + warmUp);
    }
    requirePositive("seconds", measured);
    requirePositive("timeout", timeout);
  }

  private static void requirePositive(String name, Duration duration) {
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be more than 0; got " + duration);
    }
  }
}
