package io.sparkwire.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Two network namespaces in place of machines: a link joins them, which can be cut, and each has a
 * link of its own to this host. Needs the rights of root.
 *
 * <p>The addresses are of the block that RFC 2544 sets aside for tests of networks.
 */
final class TwoMachines implements AutoCloseable {

  private static final int COUNT = 2;

  private static final int BLOCKS = 256;

  /** Addresses of a {@code /30}. */
  private static final int HOSTS_OF_LINK = 4;

  private final String name = "sw" + ProcessHandle.current().pid() + "-";

  /** The third byte of the addresses, which no other test on this host uses. */
  private final int block = freeBlock();

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
      ip("addr add " + hostAddress(i) + "/30 dev " + name + i);
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
  String doorAddress(int machine) {
    return "198.19." + block + '.' + (HOSTS_OF_LINK * machine + 2);
  }

  private String hostAddress(int machine) {
    return hostAddress(block, machine);
  }

  private static String hostAddress(int block, int machine) {
    return "198.19." + block + '.' + (HOSTS_OF_LINK * machine + 1);
  }

  /** One that an interrupted run has not left behind. */
  private static int freeBlock() throws IOException {
    Set<String> taken =
        NetworkInterface.networkInterfaces()
            .flatMap(NetworkInterface::inetAddresses)
            .map(InetAddress::getHostAddress)
            .collect(Collectors.toSet());
    int first = (int) (ProcessHandle.current().pid() % BLOCKS);
    return IntStream.range(first, first + BLOCKS)
        .map(block -> block % BLOCKS)
        .filter(block -> !taken.contains(hostAddress(block, 0)))
        .findFirst()
        .orElseThrow();
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
