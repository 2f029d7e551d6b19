package io.sparkwire.message;

import static io.sparkwire.options.Options.require;

import java.io.Serializable;

/**
 * The address on which a service, or a whole node, takes requests. Immutable.
 *
 * @param host the interface to listen on
 * @param port 1 to 65,535, or 0 for any free one
 */
public record ListenAddress(String host, int port) implements Serializable {

  public static final String DEFAULT_HOST = "127.0.0.1";
  public static final int DEFAULT_PORT = 8888;

  private static final String HOST = "[A-Za-z0-9._:%\\[\\]-]+";
  private static final int LAST_PORT = 65_535;

  public ListenAddress {
    require(host.matches(HOST), "host", "an address or a host name", host);
    require(port >= 0 && port <= LAST_PORT, "port", "0 to 65535", port);
  }
}
