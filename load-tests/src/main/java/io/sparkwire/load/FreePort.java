package io.sparkwire.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports of this machine that nobody listens on. Thread-safe.
 *
 * <p>They lie below those that Linux gives to connections, which may come between a look at a port
 * and its use; and each is near the one before, so that the port of a node's event bus, which is
 * 100 above its own, is not given to another node.
 */
final class FreePort {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(FIRST, END));

  private FreePort() {}

  /** Another one each time. */
  static int any() {
    return IntStream.generate(() -> NEXT.getAndUpdate(port -> port + 1 == END ? FIRST : port + 1))
        .filter(FreePort::isFree)
        .findFirst()
        .getAsInt();
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
