package io.sparkwire.python;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The connection with a worker: frames in both directions.
 *
 * <p>Both sides may have more to send than the socket takes. So {@link #send} never waits, and
 * {@link #receive} goes on sending while it waits: the worker can always write, and then reads.
 *
 * <p>Runs on: the thread that has taken the worker. Not thread-safe.
 */
final class WorkerChannel implements Closeable {

  private static final int BUFFER_BYTES = 1 << 16;

  private final SocketChannel socket;
  private final Selector selector;
  private final SelectionKey key;
  private final FrameReader reader;
  private final Deque<ByteBuffer> unsent = new ArrayDeque<>();
  private final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private WorkerChannel(SocketChannel socket, Selector selector) throws IOException {
    this.socket = socket;
    this.selector = selector;
    this.key = socket.register(selector, SelectionKey.OP_READ);
    this.reader = new FrameReader(socket);
  }

  static WorkerChannel connect(Path address) throws IOException {
    SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      socket.connect(UnixDomainSocketAddress.of(address));
      socket.configureBlocking(false);
      return new WorkerChannel(socket, Selector.open());
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Sends a frame: now, as far as the socket takes it, and the rest in {@link #receive}. */
  void send(FrameType type, ByteBuffer body) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(FrameReader.HEADER_BYTES);
    unsent.add(header.put(type.code()).putInt(body.remaining()).flip());
    unsent.add(body);
    flush();
  }

  private void flush() throws IOException {
    do {
      fill();
      outgoing.flip();
      socket.write(outgoing);
      outgoing.compact();
    } while (outgoing.position() == 0 && !unsent.isEmpty());
    boolean rest = outgoing.position() > 0;
    key.interestOps(rest ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
  }

  private void fill() {
    while (!unsent.isEmpty() && outgoing.hasRemaining()) {
      ByteBuffer first = unsent.peek();
      int count = Math.min(first.remaining(), outgoing.remaining());
      outgoing.put(first.slice(first.position(), count));
      first.position(first.position() + count);
      if (!first.hasRemaining()) {
        unsent.remove();
      }
    }
  }

  /**
   * The next frame.
   *
   * @param deadline of {@link System#nanoTime}
   * @throws IOException if there is no process any more, or the thread is interrupted
   */
  Frame receive(long deadline) throws IOException, TimeoutException {
    for (Frame frame = reader.poll(); ; frame = reader.poll()) {
      if (frame != null) {
        return frame;
      }
      if (outgoing.position() > 0) {
        flush();
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        throw new TimeoutException();
      }
      selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
      selector.selectedKeys().clear();
    }
  }

  @Override
  public void close() throws IOException {
    try (socket) {
      selector.close();
    }
  }
}
