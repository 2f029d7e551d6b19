package io.sparkwire.cluster;

import io.sparkwire.options.Options;
import java.time.Duration;

/**
 * How long requests may take to come and replies to go, and how much of both a node holds
 * meanwhile. Immutable.
 *
 * @param bodyTimeout from the head of a request to the end of its body; 1 ms to 24 h
 * @param writeTimeout how long a client may take to read one reply; 1 ms to 24 h
 * @param unfinished how many requests may be without their whole body at once, 1 to 1,048,576
 * @param unfinishedBytes how much of the bodies of these is held, at least 1
 * @param unreadBytes how much of the replies that clients have not read is held, at least 1
 */
public record TransferLimits(
    Duration bodyTimeout,
    Duration writeTimeout,
    int unfinished,
    long unfinishedBytes,
    long unreadBytes) {

  static final String BODY_TIMEOUT = "body-timeout";
  static final String WRITE_TIMEOUT = "write-timeout";
  static final String MAX_UNFINISHED = "max-unfinished";
  static final String MAX_UNFINISHED_BYTES = "max-unfinished-bytes";
  static final String MAX_UNREAD_BYTES = "max-unread-bytes";

  public static final Duration DEFAULT_BODY_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_WRITE_TIMEOUT = Duration.ofSeconds(30);
  public static final int DEFAULT_UNFINISHED = 1_024;

  /** Unfinished bodies may take this share of the heap by default, and unread replies too. */
  static final int SHARE_OF_HEAP = 8;

  private static final int MOST_UNFINISHED = 1 << 20;

  public TransferLimits {
    NodeLimits.requireTimeout(bodyTimeout, BODY_TIMEOUT);
    NodeLimits.requireTimeout(writeTimeout, WRITE_TIMEOUT);
    Options.require(
        unfinished >= 1 && unfinished <= MOST_UNFINISHED,
        MAX_UNFINISHED,
        "1 to " + MOST_UNFINISHED,
        unfinished);
    Options.require(unfinishedBytes >= 1, MAX_UNFINISHED_BYTES, "at least 1 byte", unfinishedBytes);
    Options.require(unreadBytes >= 1, MAX_UNREAD_BYTES, "at least 1 byte", unreadBytes);
  }

  /**
   * @param heap the largest that the JVM takes, in bytes
   * @throws IllegalArgumentException if a value is out of its range
   */
  static TransferLimits of(Options options, long heap) {
    return new TransferLimits(
        options.duration(BODY_TIMEOUT, DEFAULT_BODY_TIMEOUT),
        options.duration(WRITE_TIMEOUT, DEFAULT_WRITE_TIMEOUT),
        options.integer(MAX_UNFINISHED, DEFAULT_UNFINISHED),
        options.bytes(MAX_UNFINISHED_BYTES, heap / SHARE_OF_HEAP),
        options.bytes(MAX_UNREAD_BYTES, heap / SHARE_OF_HEAP));
  }
}
