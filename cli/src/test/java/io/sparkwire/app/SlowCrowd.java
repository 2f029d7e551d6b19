package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of connections of one thread: some say nothing, some send a head, or a body, byte by
 * byte, and some have been answered once and then say nothing. Those that the server closes are
 * opened again. It notes how long the server keeps those that it waits for.
 */
final class SlowCrowd implements Attackers.Attack {

  private static final int ROUND_MILLIS = 500;

  /** As many as 5,000 that live for ten seconds need. */
  private static final int AGAIN_PER_ROUND = 250;

  private final int connections;
  private final String path;

  SlowCrowd(int connections, String path) {
    this.connections = connections;
    this.path = path;
  }

  /** What a connection does. */
  private enum Sort {
    SILENT("", ""),
    SLOW_HEAD("POST %s HTTP/1.1\r\nHost: a\r\nX-Slow: ", "a"),
    SLOW_BODY("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 9999\r\n\r\n", " "),
    IDLE("POST %s HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n{\"value\":1}", "");

    private final String greeting;
    private final String drip;

    Sort(String greeting, String drip) {
      this.greeting = greeting;
      this.drip = drip;
    }
  }

  private record Connection(Sort sort, SocketChannel channel, long since) {

    void write(String text) throws IOException {
      channel.write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
    }
  }

  @Override
  public void send(Attackers from, int port) throws IOException {
    List<Connection> open = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      int room = connections;
      while (!from.areOver()) {
        for (int i = Math.min(room, connections - open.size()); i > 0 && !from.areOver(); i--) {
          Sort[] sorts = Sort.values();
          open.add(connect(from, port, selector, sorts[(int) (from.connections() % sorts.length)]));
        }
        drip(open);
        readFor(ROUND_MILLIS, selector, from, open);
        room = AGAIN_PER_ROUND;
      }
    } finally {
      for (Connection connection : open) {
        connection.channel.close();
      }
    }
  }

  private Connection connect(Attackers from, int port, Selector selector, Sort sort)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.bind(new InetSocketAddress(Attackers.SOURCE, 0));
    channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    from.opened();
    Connection connection = new Connection(sort, channel, System.nanoTime());
    connection.write(sort.greeting.formatted(path));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, connection);
    return connection;
  }

  private static void drip(List<Connection> open) {
    for (Connection connection : open) {
      try {
        connection.write(connection.sort.drip);
      } catch (IOException closed) {
        // which is read next
      }
    }
  }

  private static void readFor(long millis, Selector selector, Attackers from, List<Connection> open)
      throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    ByteBuffer some = ByteBuffer.allocate(4_096);
    for (long left = millis; left > 0 && !from.areOver(); ) {
      selector.select(left);
      for (SelectionKey key : selector.selectedKeys()) {
        Connection connection = (Connection) key.attachment();
        if (!isOpen(connection, some.clear())) {
          connection.channel.close();
          open.remove(connection);
          note(connection, from);
        }
      }
      selector.selectedKeys().clear();
      left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
    }
  }

  private static boolean isOpen(Connection connection, ByteBuffer some) {
    try {
      return connection.channel.read(some) >= 0;
    } catch (IOException reset) {
      return false;
    }
  }

  private static void note(Connection connection, Attackers from) {
    if (connection.sort != Sort.IDLE) {
      from.closedAfter(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - connection.since));
    }
  }
}
