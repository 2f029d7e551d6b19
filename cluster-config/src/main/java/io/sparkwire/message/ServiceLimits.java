package io.sparkwire.message;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.Serializable;
import java.time.Duration;

/**
 * The limits of a service: how many requests at once, how large, and for how long.
 *
 * <p>Immutable.
 *
 * @param maxInFlight how many requests may wait for their reply on one node, 1 to 1,048,576
 * @param maxBodyBytes the size of the largest body, 0 to 2,147,483,647 bytes
 * @param maxRows how many rows the body of one request may have, 1 to 1,048,576
 * @param timeout how long a client waits at most, from the head of its request to the reply; at
 *     least 1 ms
 */
public record ServiceLimits(int maxInFlight, long maxBodyBytes, int maxRows, Duration timeout)
    implements Serializable {

  public static final ConfigOption<Integer> MAX_IN_FLIGHT =
      ConfigOption.of(
          "max-in-flight",
          OptionType.numbers(1, 1 << 20),
          "1024",
          "Requests that may wait for their reply; more get 503");

  public static final ConfigOption<Long> MAX_BODY =
      ConfigOption.of(
          "max-body",
          OptionType.sizes(0, Integer.MAX_VALUE),
          "1MB",
          "Largest body; a larger one gets 413");

  public static final ConfigOption<Integer> MAX_ROWS =
      ConfigOption.of(
          "max-rows",
          OptionType.numbers(1, 1 << 20),
          "1000",
          "Rows that one request may have; one with more gets 413");

  public static final ConfigOption<Duration> TIMEOUT =
      ConfigOption.of(
          "timeout",
          OptionType.durations("1ms"),
          "30s",
          "How long a client waits at most; then it gets 504");

  public ServiceLimits {
    MAX_IN_FLIGHT.check(maxInFlight);
    MAX_BODY.check(maxBodyBytes);
    MAX_ROWS.check(maxRows);
    TIMEOUT.check(timeout);
  }
}
