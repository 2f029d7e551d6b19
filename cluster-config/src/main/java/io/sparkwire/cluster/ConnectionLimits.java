package io.sparkwire.cluster;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.time.Duration;

/**
 * How many connections a node holds, and for how long one may do nothing. Immutable.
 *
 * @param connections of all clients together, 1 to 1,048,576
 * @param perAddress of one client address, 1 to 1,048,576
 * @param streams how many requests one HTTP/2 connection may have open at once, 1 to 65,536
 * @param headTimeout from the first byte of a request's head, or from the start of a connection, to
 *     the end of that head; 1 ms to 24 h
 * @param idleTimeout how long a connection may be without a request; 1 ms to 24 h
 */
public record ConnectionLimits(
    int connections, int perAddress, int streams, Duration headTimeout, Duration idleTimeout) {

  /** The default is half of the files that the process may open, and no more than this. */
  static final int MOST_BY_DEFAULT = 8_192;

  /** Of the files that a process may open, so many are left to Spark at least. */
  static final int FILES_OF_SPARK = 512;

  private static final int MOST = 1 << 20;

  static final OptionType<Duration> TIMEOUTS = OptionType.durations("1ms", "24h");

  static final ConfigOption<Integer> MAX_CONNECTIONS =
      ConfigOption.computed(
          "max-connections",
          OptionType.numbers(1, MOST),
          "half of the files that the process may open, " + MOST_BY_DEFAULT + " at most",
          "Connections of clients; more are closed at once");

  static final ConfigOption<Integer> MAX_CONNECTIONS_PER_ADDRESS =
      ConfigOption.computed(
          "max-connections-per-address",
          OptionType.numbers(1, MOST),
          "7/8 of --max-connections",
          "The same for one client address");

  static final ConfigOption<Integer> MAX_STREAMS =
      ConfigOption.of(
          "max-streams",
          OptionType.numbers(1, 1 << 16),
          "100",
          "Requests that one HTTP/2 connection may have open");

  static final ConfigOption<Duration> HEAD_TIMEOUT =
      ConfigOption.of(
          "head-timeout",
          TIMEOUTS,
          "10s",
          "How long the head of a request may take; then the connection is closed");

  static final ConfigOption<Duration> IDLE_TIMEOUT =
      ConfigOption.of(
          "idle-timeout", TIMEOUTS, "60s", "How long a connection may be without a request");

  /** Those of an admin listener: few connections, and none of them is a client's. */
  public static final ConnectionLimits OF_ADMIN =
      new ConnectionLimits(
          256,
          256,
          MAX_STREAMS.defaultValue(),
          HEAD_TIMEOUT.defaultValue(),
          IDLE_TIMEOUT.defaultValue());

  public ConnectionLimits {
    MAX_CONNECTIONS.check(connections);
    MAX_CONNECTIONS_PER_ADDRESS.check(perAddress);
    MAX_STREAMS.check(streams);
    HEAD_TIMEOUT.check(headTimeout);
    IDLE_TIMEOUT.check(idleTimeout);
  }

  /**
   * @param files how many the process may open
   * @throws IllegalArgumentException if a value is out of its range
   */
  static ConnectionLimits of(Options options, long files) {
    long most = Math.min(MOST, Math.max(files / 2, files - FILES_OF_SPARK));
    int connections =
        MAX_CONNECTIONS
            .within(OptionType.numbers(1, (int) Math.max(1, most)))
            .from(options, (int) Math.max(1, Math.min(files / 2, MOST_BY_DEFAULT)));
    return new ConnectionLimits(
        connections,
        MAX_CONNECTIONS_PER_ADDRESS.from(options, connections - connections / 8),
        MAX_STREAMS.from(options),
        HEAD_TIMEOUT.from(options),
        IDLE_TIMEOUT.from(options));
  }
}
