package io.sparkwire.load.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Free ports of this machine. Thread-safe.
 *
 * <p>They are below those that Linux gives to connections, one of which might take a port between
 * the check and its use; and each is far from the one before, because the nodes of a cluster take
 * what is behind the first one's, and for their event buses what is 100 above.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int COUNT = 12_000;
  private static final int APART = 251;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /** Another one each time. */
  public static int any() {
    return IntStream.generate(() -> FIRST + NEXT.getAndUpdate(place -> (place + APART) % COUNT))
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
