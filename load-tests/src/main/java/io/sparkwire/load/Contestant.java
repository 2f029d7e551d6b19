package io.sparkwire.load;

import java.net.URI;
import java.util.List;

/**
 * One server to be measured, and how to start it.
 *
 * @param name as the table shows it
 * @param port on 127.0.0.1
 * @param path of the route to be measured
 * @param preparation arguments of {@code java} for a run that must have ended well before the
 *     server starts; empty if there is nothing to prepare
 * @param serving arguments of {@code java} for the server
 */
record Contestant(
    String name,
    int port,
    String path,
    Workload workload,
    List<String> preparation,
    List<String> serving) {

  Target target() {
    return new Target(URI.create("http://127.0.0.1:" + port + path), workload);
  }
}
