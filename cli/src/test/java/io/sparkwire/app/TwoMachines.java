package io.sparkwire.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Two network namespaces in place of machines: a link joins them, which can be cut, and each has a
 * link of its own to this host. Needs the rights of root.
 *
 * <p>The addresses are of the block that RFC 2544 sets aside for tests of networks.
 */
final class TwoMachines implements AutoCloseable {

  private static final int COUNT = 2;

  private final String name = "sw" + ProcessHandle.current().pid() + "-";

  TwoMachines() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      ip("netns add " + name + i);
      ip("-n " + name + i + " link set lo up");
    }
    ip("-n " + name + "0 link add wire type veth peer name wire netns " + name + "1");
    for (int i = 0; i < COUNT; i++) {
      ip("-n " + name + i + " addr add " + linkAddress(i) + "/30 dev wire");
      ip("-n " + name + i + " link set wire up");
      ip("link add " + name + i + " type veth peer name door netns " + name + i);
      ip("addr add 198.18.1" + i + ".1/30 dev " + name + i);
      ip("link set " + name + i + " up");
      ip("-n " + name + i + " addr add " + doorAddress(i) + "/30 dev door");
      ip("-n " + name + i + " link set door up");
    }
  }

  private static void ip(String arguments) throws IOException {
    Process process =
        new ProcessBuilder(("ip " + arguments).split(" ", -1)).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.onExit().join().exitValue() != 0) {
      throw new IllegalStateException("'ip " + arguments + "' says: " + said.strip());
    }
  }

  private static String linkAddress(int machine) {
    return "198.18.0." + (machine + 1);
  }

  /** On which clients reach it from here, also while the link is cut. */
  static String doorAddress(int machine) {
    return "198.18.1" + machine + ".2";
  }

  /** The first (0) or the second (1). */
  Machine machine(int machine) {
    return new Machine(linkAddress(machine), List.of("ip", "netns", "exec", name + machine));
  }

  /** Lets nothing pass between the two. */
  void cut() throws IOException {
    ip("-n " + name + "0 link set wire down");
  }

  /** Joins them again. */
  void heal() throws IOException {
    ip("-n " + name + "0 link set wire up");
  }

  /** What runs there must have ended. */
  @Override
  public void close() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      ip("netns del " + name + i);
    }
  }
}
