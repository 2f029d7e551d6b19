package io.sparkwire.app;

import io.sparkwire.message.ListenAddress;
import io.sparkwire.options.Options;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * A port that a program is going to bind, and the option that says so. Immutable.
 *
 * @param option as messages name it
 * @param port 0 for any free one
 */
record ListenPoint(String option, String host, int port) {

  /** Where the options {@code host} and {@code port} say. */
  static ListenPoint of(Options options) {
    return new ListenPoint(
        ListenAddress.PORT.name(),
        ListenAddress.HOST.from(options),
        ListenAddress.PORT.from(options));
  }

  /**
   * Checks that no two of them are one.
   *
   * @throws IllegalArgumentException if two are; names both
   */
  static void checkDistinct(List<ListenPoint> points) {
    for (int i = 0; i < points.size(); i++) {
      for (ListenPoint other : points.subList(0, i)) {
        if (points.get(i).collidesWith(other)) {
          throw new IllegalArgumentException(
              "option '%s' must differ from '%s', got '%d' for both"
                  .formatted(points.get(i).option, other.option, other.port));
        }
      }
    }
  }

  private boolean collidesWith(ListenPoint other) {
    return port != 0 && port == other.port && sharesInterface(other);
  }

  private boolean sharesInterface(ListenPoint other) {
    try {
      InetAddress one = InetAddress.getByName(host);
      InetAddress two = InetAddress.getByName(other.host);
      return one.isAnyLocalAddress() || two.isAnyLocalAddress() || one.equals(two);
    } catch (UnknownHostException e) {
      return host.equals(other.host);
    }
  }
}
