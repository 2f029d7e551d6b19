package io.sparkwire.load.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What this machine has sent to itself: the bytes of all packets, with their TCP and IP headers.
 *
 * <p>Linux counts them for all processes together, so it says something of one only while the
 * others are silent. Stateless.
 */
final class Loopback {
  private static final Path COUNTERS = Path.of("/proc/net/dev");
  private static final String NAME = "lo:";

  private Loopback() {}

  /**
   * Bytes since the machine was started.
   *
   * @throws IOException if this is not Linux
   */
  static long bytes() throws IOException {
    return bytes(Files.readAllLines(COUNTERS));
  }

  /** Reads them from the lines of {@code /proc/net/dev}: the first number is what was received. */
  static long bytes(List<String> lines) throws IOException {
    return lines.stream()
        .map(String::strip)
        .filter(line -> line.startsWith(NAME))
        .map(line -> line.substring(NAME.length()).strip().split("\\s+", 2)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException("No loopback device among: " + lines));
  }
}
