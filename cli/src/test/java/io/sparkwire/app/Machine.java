package io.sparkwire.app;

import java.util.List;

/**
 * Where a node of a test runs.
 *
 * @param address on which other nodes reach it
 * @param shell what a command must begin with to run there
 */
record Machine(String address, List<String> shell) {

  static final Machine THIS = new Machine("127.0.0.1", List.of());
}
