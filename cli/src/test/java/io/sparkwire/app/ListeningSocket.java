package io.sparkwire.app;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A socket on which a process takes connections or datagrams, as Linux lists it. Immutable.
 *
 * @param host the address of its interface; {@code 0.0.0.0} or {@code 0:0:0:0:0:0:0:0} for all
 */
record ListeningSocket(String host, int port) {

  private static final String LISTENING = "0A";
  private static final String UNCONNECTED = "07";

  /** The columns of the kernel's tables. */
  private static final int LOCAL_ADDRESS = 1;

  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int HEX = 16;

  /** Those of TCP. */
  static Set<ListeningSocket> ofTcp(ProcessHandle process) throws IOException {
    return of(process, "tcp", LISTENING);
  }

  /** Those of UDP. */
  static Set<ListeningSocket> ofUdp(ProcessHandle process) throws IOException {
    return of(process, "udp", UNCONNECTED);
  }

  private static Set<ListeningSocket> of(ProcessHandle process, String protocol, String state)
      throws IOException {
    Path directory = Path.of("/proc", "" + process.pid());
    Set<String> own = openSockets(directory.resolve("fd"));
    return Stream.concat(
            lines(directory.resolve("net").resolve(protocol)),
            lines(directory.resolve("net").resolve(protocol + "6")))
        .map(line -> line.strip().split("\\s+", -1))
        .filter(columns -> columns[STATE].equals(state))
        .filter(columns -> own.contains("socket:[" + columns[INODE] + "]"))
        .map(columns -> parse(columns[LOCAL_ADDRESS]))
        .collect(Collectors.toSet());
  }

  private static Stream<String> lines(Path table) throws IOException {
    return Files.exists(table) ? Files.readAllLines(table).stream().skip(1) : Stream.of();
  }

  private static Set<String> openSockets(Path descriptors) throws IOException {
    try (Stream<Path> files = Files.list(descriptors)) {
      return files.flatMap(ListeningSocket::target).collect(Collectors.toSet());
    }
  }

  private static Stream<String> target(Path descriptor) {
    try {
      return Stream.of(Files.readSymbolicLink(descriptor).toString());
    } catch (IOException e) { // it was closed meanwhile
      return Stream.of();
    }
  }

  /** An address as in {@code 0100007F:22B8}: words of 32 bits in the order of the machine. */
  private static ListeningSocket parse(String text) {
    List<String> parts = List.of(text.split(":", -1));
    byte[] words = HexFormat.of().parseHex(parts.get(0));
    ByteBuffer address = ByteBuffer.allocate(words.length);
    ByteBuffer stored = ByteBuffer.wrap(words).order(ByteOrder.nativeOrder());
    while (stored.hasRemaining()) {
      address.putInt(stored.getInt());
    }
    try { // which makes an address of IPv4 of one that is mapped to IPv6
      String host = InetAddress.getByAddress(address.array()).getHostAddress();
      return new ListeningSocket(host, Integer.parseInt(parts.get(1), HEX));
    } catch (IOException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
