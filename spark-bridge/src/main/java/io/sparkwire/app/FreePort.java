package io.sparkwire.app;

import io.sparkwire.protocol.ServiceSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Map;

/** The check that a port can be bound, before Spark takes its seconds to start. Stateless. */
final class FreePort {

  private FreePort() {}

  /**
   * @param options of the source, which have been found right
   * @throws IllegalStateException if the port is taken or the host is not of this machine
   */
  static void check(Map<String, String> options) {
    String host = options.getOrDefault("host", ServiceSpec.DEFAULT_HOST);
    String port = options.getOrDefault("port", Integer.toString(ServiceSpec.DEFAULT_PORT)).trim();
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, Integer.parseInt(port)));
    } catch (IOException e) {
      throw new IllegalStateException(
          "cannot listen on "
              + host
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); choose another --port or --host, or stop what listens there",
          e);
    }
  }
}
