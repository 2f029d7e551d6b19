package io.sparkwire.admin;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import io.sparkwire.options.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Address of the admin server of a node. Immutable.
 *
 * @param host the interface to listen on
 * @param port 0 for any free one; if it is taken, the next free one of {@value #PORTS}
 */
public record AdminOptions(String host, int port) {

  /** How many ports are tried, so that several nodes may share a machine. */
  static final int PORTS = 20;

  public static final ConfigOption<Integer> ADMIN_PORT =
      ConfigOption.computed(
          "admin-port",
          OptionType.numbers(0, 65_535),
          "none",
          "Port for /health/live, /health/ready and /status, or the next free one after it");

  public static final ConfigOption<String> ADMIN_HOST =
      ConfigOption.of(
          "admin-host",
          OptionType.texts("ADDRESS", host -> true, "an address of this machine"),
          "127.0.0.1",
          "Interface for that");

  /** All of them, in the order in which they are shown. */
  public static final List<ConfigOption<?>> ALL = List.of(ADMIN_PORT, ADMIN_HOST);

  public AdminOptions {
    ADMIN_PORT.check(port);
  }

  /**
   * Reads them by their kebab-case keys; empty if no port is given: then there is no admin server.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static Optional<AdminOptions> of(Map<String, String> values) {
    Options options = new Options(values, ALL);
    return options
        .text(ADMIN_PORT)
        .map(port -> new AdminOptions(ADMIN_HOST.from(options), ADMIN_PORT.read(port)));
  }
}
