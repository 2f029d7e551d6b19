package io.sparkwire.cluster;

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

  static final String MAX_CONNECTIONS = "max-connections";
  static final String MAX_CONNECTIONS_PER_ADDRESS = "max-connections-per-address";
  static final String MAX_STREAMS = "max-streams";
  static final String HEAD_TIMEOUT = "head-timeout";
  static final String IDLE_TIMEOUT = "idle-timeout";

  public static final int DEFAULT_STREAMS = 100;
  public static final Duration DEFAULT_HEAD_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_IDLE_TIMEOUT = Duration.ofSeconds(60);

  /** The default is half of the files that the process may open, and no more than this. */
  static final int MOST_BY_DEFAULT = 8_192;

  /** Of the files that a process may open, so many are left to Spark at least. */
  static final int FILES_OF_SPARK = 512;

  private static final int MOST = 1 << 20;
  private static final int MOST_STREAMS = 1 << 16;

  /** Those of an admin listener: few connections, and none of them is a client's. */
  public static final ConnectionLimits OF_ADMIN =
      new ConnectionLimits(256, 256, DEFAULT_STREAMS, DEFAULT_HEAD_TIMEOUT, DEFAULT_IDLE_TIMEOUT);

  public ConnectionLimits {
    requireCount(connections, MOST, MAX_CONNECTIONS);
    requireCount(perAddress, MOST, MAX_CONNECTIONS_PER_ADDRESS);
    requireCount(streams, MOST_STREAMS, MAX_STREAMS);
    NodeLimits.requireTimeout(headTimeout, HEAD_TIMEOUT);
    NodeLimits.requireTimeout(idleTimeout, IDLE_TIMEOUT);
  }

  /**
   * @param files how many the process may open
   * @throws IllegalArgumentException if a value is out of its range
   */
  static ConnectionLimits of(Options options, long files) {
    long most = Math.min(MOST, Math.max(files / 2, files - FILES_OF_SPARK));
    int connections =
        options.integer(MAX_CONNECTIONS, (int) Math.max(1, Math.min(files / 2, MOST_BY_DEFAULT)));
    requireCount(connections, Math.max(1, most), MAX_CONNECTIONS);
    return new ConnectionLimits(
        connections,
        options.integer(MAX_CONNECTIONS_PER_ADDRESS, connections - connections / 8),
        options.integer(MAX_STREAMS, DEFAULT_STREAMS),
        options.duration(HEAD_TIMEOUT, DEFAULT_HEAD_TIMEOUT),
        options.duration(IDLE_TIMEOUT, DEFAULT_IDLE_TIMEOUT));
  }

  private static void requireCount(int value, long most, String option) {
    Options.require(value >= 1 && value <= most, option, "1 to " + most, value);
  }
}
