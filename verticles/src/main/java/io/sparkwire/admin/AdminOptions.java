package io.sparkwire.admin;

import io.sparkwire.options.Options;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Address of the admin server of a node. Immutable.
 *
 * @param host the interface to listen on
 * @param port 0 for any free one; if it is taken, the next free one of {@value #PORTS}
 */
public record AdminOptions(String host, int port) {

  public static final String ADMIN_HOST = "admin-host";
  public static final String ADMIN_PORT = "admin-port";
  public static final Set<String> KEYS = Set.of(ADMIN_HOST, ADMIN_PORT);

  public static final String DEFAULT_HOST = "127.0.0.1";

  /** How many ports are tried, so that several nodes may share a machine. */
  static final int PORTS = 20;

  private static final int LAST_PORT = 65_535;

  public AdminOptions {
    Options.require(port >= 0 && port <= LAST_PORT, ADMIN_PORT, "0 to " + LAST_PORT, port);
  }

  /**
   * Reads them by their kebab-case keys; empty if no port is given, for then nobody listens.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  public static Optional<AdminOptions> of(Map<String, String> values) {
    Options options = new Options(values, KEYS);
    return options.has(ADMIN_PORT)
        ? Optional.of(
            new AdminOptions(
                options.text(ADMIN_HOST, DEFAULT_HOST), options.integer(ADMIN_PORT, 0)))
        : Optional.empty();
  }
}
