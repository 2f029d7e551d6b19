package io.sparkwire.cluster;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
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

  /** Unfinished bodies may take this share of the heap by default, and unread replies too. */
  static final int SHARE_OF_HEAP = 8;

  static final ConfigOption<Duration> BODY_TIMEOUT =
      ConfigOption.of(
          "body-timeout",
          ConnectionLimits.TIMEOUTS,
          "10s",
          "How long a request may take to be complete; then it gets 408");

  static final ConfigOption<Duration> WRITE_TIMEOUT =
      ConfigOption.of(
          "write-timeout",
          ConnectionLimits.TIMEOUTS,
          "30s",
          "How long a client may take to read a reply");

  static final ConfigOption<Integer> MAX_UNFINISHED =
      ConfigOption.of(
          "max-unfinished",
          OptionType.numbers(1, 1 << 20),
          "1024",
          "Requests without their whole body; with more, the oldest get 503");

  static final ConfigOption<Long> MAX_UNFINISHED_BYTES =
      ConfigOption.computed(
          "max-unfinished-bytes",
          OptionType.sizes(),
          "an eighth of the heap",
          "Bytes of their bodies");

  static final ConfigOption<Long> MAX_UNREAD_BYTES =
      ConfigOption.computed(
          "max-unread-bytes",
          OptionType.sizes(),
          "an eighth of the heap",
          "Bytes of replies that clients have not read; beyond it, the oldest are given up");

  public TransferLimits {
    BODY_TIMEOUT.check(bodyTimeout);
    WRITE_TIMEOUT.check(writeTimeout);
    MAX_UNFINISHED.check(unfinished);
    MAX_UNFINISHED_BYTES.check(unfinishedBytes);
    MAX_UNREAD_BYTES.check(unreadBytes);
  }

  /**
   * @param heap the largest that the JVM takes, in bytes
   * @throws IllegalArgumentException if a value is out of its range
   */
  static TransferLimits of(Options options, long heap) {
    return new TransferLimits(
        BODY_TIMEOUT.from(options),
        WRITE_TIMEOUT.from(options),
        MAX_UNFINISHED.from(options),
        MAX_UNFINISHED_BYTES.from(options, heap / SHARE_OF_HEAP),
        MAX_UNREAD_BYTES.from(options, heap / SHARE_OF_HEAP));
  }
}
