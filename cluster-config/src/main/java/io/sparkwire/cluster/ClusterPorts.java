package io.sparkwire.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The pairs of ports that a node may take: one as a member, and one {@value
 * ClusterOptions#BUS_PORT_OFFSET} above it for its event bus.
 *
 * <p>Immutable.
 */
record ClusterPorts(ClusterOptions options) {

  /** After the last that is tried. */
  int end() {
    return options.port() + ClusterOptions.PORTS;
  }

  /**
   * The lower port of the first pair that is free at the moment.
   *
   * @param from the first one to try
   * @throws IllegalStateException if none is, or the host is not of this machine
   */
  int firstFree(int from) {
    InetAddress host = host();
    for (int port = from; port < end(); port++) {
      if (isFree(host, port) && isFree(host, port + ClusterOptions.BUS_PORT_OFFSET)) {
        return port;
      }
    }
    throw new IllegalStateException(
        "cannot join cluster '%s' from %s: none of the cluster ports %d to %d is free "
                .formatted(options.name(), options.host(), options.port(), end() - 1)
            + "together with the one %d above it, which is for the event bus; "
                .formatted(ClusterOptions.BUS_PORT_OFFSET)
            + "choose another --cluster-port");
  }

  private InetAddress host() {
    try {
      InetAddress host = InetAddress.getByName(options.host());
      if (NetworkInterface.getByInetAddress(host) != null) {
        return host;
      }
    } catch (UnknownHostException e) {
      throw unusable("it has no address", e);
    } catch (IOException e) {
      throw unusable(e.getMessage(), e);
    }
    throw unusable("it is not an address of this machine", null);
  }

  private IllegalStateException unusable(String reason, Exception cause) {
    return new IllegalStateException(
        "cannot join cluster '%s' from %s:%d: %s"
            .formatted(options.name(), options.host(), options.port(), reason),
        cause);
  }

  private static boolean isFree(InetAddress host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
