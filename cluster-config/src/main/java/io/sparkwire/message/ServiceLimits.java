package io.sparkwire.message;

import static io.sparkwire.options.Options.require;

import java.io.Serializable;
import java.time.Duration;

/**
 * How many requests a service takes at once, how large they are, and how long they may take.
 *
 * <p>Immutable.
 *
 * @param maxInFlight how many requests may wait for their reply on one node, 1 to 1,048,576
 * @param maxBodyBytes the size of the largest body, 0 to 2,147,483,647 bytes
 * @param timeout how long a client waits at most, from the head of its request to the reply; at
 *     least 1 ms
 */
public record ServiceLimits(int maxInFlight, long maxBodyBytes, Duration timeout)
    implements Serializable {

  public static final int DEFAULT_MAX_IN_FLIGHT = 1024;
  public static final long DEFAULT_MAX_BODY_BYTES = 1024L * 1024;
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  private static final int MAX_IN_FLIGHT = 1 << 20;

  public ServiceLimits {
    require(
        maxInFlight >= 1 && maxInFlight <= MAX_IN_FLIGHT,
        "max-in-flight",
        "1 to 1048576",
        maxInFlight);
    require(
        maxBodyBytes >= 0 && maxBodyBytes <= Integer.MAX_VALUE,
        "max-body",
        "0 to 2147483647 bytes",
        maxBodyBytes);
    require(timeout.toMillis() >= 1, "timeout", "at least 1 ms", timeout);
  }
}
