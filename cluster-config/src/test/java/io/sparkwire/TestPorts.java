package io.sparkwire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * A block of ports on which nothing listens, and which no other test on this machine gets before it
 * is closed. Thread-safe.
 *
 * <p>All blocks are below the ports that Linux gives to connections, which change all the time on a
 * busy machine. The last port of a block is held as long as the block, so that JVMs that run tests
 * at the same time never use each other's ports.
 */
public final class TestPorts implements AutoCloseable {

  /** How many ports a test may use. */
  public static final int COUNT = 199;

  private static final int FIRST_PORT = 10_000;
  private static final int APART = COUNT + 1;
  private static final int BLOCKS = 110;

  /** Of which single ports are given, until this JVM ends. */
  private static final TestPorts SINGLE = take();

  private final int first;
  private final ServerSocket guard;
  private int given;

  private TestPorts(int first, ServerSocket guard) {
    this.first = first;
    this.guard = guard;
  }

  /** Takes a block that is free. */
  public static TestPorts take() {
    int start = ThreadLocalRandom.current().nextInt(BLOCKS);
    for (int i = 0; i < BLOCKS; i++) {
      int first = FIRST_PORT + (start + i) % BLOCKS * APART;
      ServerSocket guard = listen(first + COUNT);
      if (guard != null && IntStream.range(first, first + COUNT).allMatch(TestPorts::isFree)) {
        return new TestPorts(first, guard);
      }
      close(guard);
    }
    throw new IllegalStateException("no " + APART + " ports in a row are free");
  }

  /** The first of so many free ports in a row, which differ from those given before. */
  public static int next(int count) {
    return SINGLE.give(count);
  }

  private synchronized int give(int count) {
    while (given + count <= COUNT) {
      int port = first + given;
      given += count;
      if (IntStream.range(port, port + count).allMatch(TestPorts::isFree)) {
        return port;
      }
    }
    throw new IllegalStateException("all " + COUNT + " ports of this JVM's tests are given");
  }

  /** The first of {@value #COUNT} ports. */
  public int first() {
    return first;
  }

  private static boolean isFree(int port) {
    ServerSocket socket = listen(port);
    close(socket);
    return socket != null;
  }

  /** Listens on all addresses, or gives null if something listens on one of them. */
  private static ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getByName("::"));
    } catch (IOException e) {
      return null;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    close(guard);
  }
}
