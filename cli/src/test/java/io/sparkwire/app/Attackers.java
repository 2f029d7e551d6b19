package io.sparkwire.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Threads that attack ports of this machine from the address 127.0.0.2 until they are closed.
 *
 * <p>Thread-safe.
 */
final class Attackers implements AutoCloseable {

  static final String SOURCE = "127.0.0.2";
  private static final int CONNECT_MILLIS = 2_000;
  private static final int RECEIVE_BUFFER = 16 * 1024;

  /**
   * Between two waves of one attacker, so that an attack is bounded in its rate and shows what a
   * node holds rather than what it can compute.
   */
  private static final long PAUSE_MILLIS = 1_000;

  private final List<Thread> threads = new ArrayList<>();
  private final Collection<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicLong waves = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private final AtomicLong longest = new AtomicLong();
  private final CountDownLatch over = new CountDownLatch(1);

  /** Starts its threads, each of which attacks again and again. */
  void begin(Wave wave, String path) {
    Attack attack = wave.kind().on(path);
    for (int i = 0; i < wave.attackers(); i++) {
      Thread thread = new Thread(() -> attackOn(wave.port(), attack), "attacker-" + threads.size());
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** One kind of hostile traffic. */
  interface Attack {

    /**
     * Sends it once.
     *
     * @throws IOException when the server closes a connection, which ends this wave only
     */
    void send(Attackers from, int port) throws IOException;
  }

  private void attackOn(int port, Attack attack) {
    while (!areOver()) {
      try {
        attack.send(this, port);
      } catch (IOException closed) {
        // the server's defence; the next wave begins anew
      }
      waves.incrementAndGet();
      pause(PAUSE_MILLIS);
    }
  }

  /** A new connection to a port of this machine. */
  Socket connect(int port) throws IOException {
    Socket socket = new Socket();
    sockets.add(socket);
    socket.setReceiveBufferSize(RECEIVE_BUFFER);
    socket.setTcpNoDelay(true);
    socket.bind(new InetSocketAddress(SOURCE, 0));
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
    opened();
    if (areOver()) {
      socket.close();
    }
    return socket;
  }

  /** Counts a connection. */
  void opened() {
    connections.incrementAndGet();
  }

  /** Notes how long the server kept a connection that it was to close. */
  void closedAfter(long millis) {
    longest.accumulateAndGet(millis, Math::max);
  }

  /** For how many milliseconds the server kept one of them at most; 0 if it closed none. */
  long longestMillis() {
    return longest.get();
  }

  /** Closes a connection of these attackers. */
  void close(Socket socket) throws IOException {
    sockets.remove(socket);
    socket.close();
  }

  /** Waits, but not beyond the end of the attack. */
  void pause(long millis) {
    try {
      over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  boolean areOver() {
    return over.getCount() == 0;
  }

  /** How many connections there have been. */
  long connections() {
    return connections.get();
  }

  /** How often an attack has ended, or its connection has. */
  long waves() {
    return waves.get();
  }

  @Override
  public void close() throws IOException {
    over.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
