package io.sparkwire.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The check that a port can be bound, before Spark takes its seconds to start. Stateless. */
final class FreePort {

  private FreePort() {}

  /**
   * @throws IllegalStateException if the port is taken or the host is not of this machine
   */
  static void check(ListenPoint point) {
    InetSocketAddress address = new InetSocketAddress(point.host(), point.port());
    if (address.isUnresolved()) {
      throw new IllegalStateException(
          "option 'host' must be an address of this machine, got '"
              + point.host()
              + "', which cannot be resolved");
    }
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(address);
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot listen on "
              + point.host()
              + ":"
              + point.port()
              + " ("
              + e.getMessage()
              + "); choose another --port or --host, or stop what listens there",
          e);
    }
  }
}
