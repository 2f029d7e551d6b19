package io.sparkwire.load.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One keep-alive connection of a client, with at most one request outstanding.
 *
 * <p>It can be closed and opened again. Not thread-safe.
 */
final class LoadConnection {
  private final QuestionSource target;
  private final Selector selector;
  private final Question question;
  private final ResponseParser response;
  private ByteBuffer request;
  private SocketChannel socket;
  private ByteChannel channel;
  private SelectionKey key;
  private boolean waiting;
  private long askedAt;

  LoadConnection(QuestionSource target, Selector selector) {
    this.target = target;
    this.selector = selector;
    this.question = target.question();
    this.request = ByteBuffer.wrap(question.request());
    this.response = new ResponseParser(question.expectedLength());
  }

  void open() throws IOException {
    response.reset();
    InetSocketAddress address = target.address();
    socket = SocketChannel.open(address);
    socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel =
        target.isTls()
            ? TlsChannel.open(socket, address.getHostString(), address.getPort())
            : socket;
    socket.configureBlocking(false);
    key = socket.register(selector, SelectionKey.OP_READ, this);
  }

  void close() {
    waiting = false;
    if (socket == null) {
      return;
    }
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends the request with this value.
   *
   * @param now from when on it waits
   */
  void ask(long value, long now) throws IOException {
    question.ask(value);
    askedAt = now;
    waiting = true;
    request.clear();
    if (request.array() != question.request()) {
      request = ByteBuffer.wrap(question.request());
    }
    send();
  }

  /** Sends what the socket takes; what is left of a large request goes when it takes more. */
  private void send() throws IOException {
    channel.write(request);
    int more = request.hasRemaining() ? SelectionKey.OP_WRITE : 0;
    int wanted = SelectionKey.OP_READ | more;
    if (key.interestOps() != wanted) {
      key.interestOps(wanted);
    }
  }

  /** Sends what is not sent yet, reads what has arrived, and has each response settled. */
  void read(Reader reader) throws IOException {
    if (request.hasRemaining()) {
      send();
    }
    int count = channel.read(response.space());
    if (count < 0) {
      throw new EOFException("connection closed by the server");
    }
    response.received(count);
    while (response.isComplete()) {
      reader.answered(System.nanoTime());
    }
  }

  /** Has the response judged and makes room for the next one. */
  void settle(Tally tally, long now) throws IOException {
    waiting = false;
    tally.reply(question, response, now - askedAt);
    response.next();
  }

  /** When the request that is outstanding, or was last, began to wait. */
  long askedAt() {
    return askedAt;
  }

  /** Whether a request is outstanding. */
  boolean isWaiting() {
    return waiting;
  }

  /** Whether a request has been outstanding for longer than this. */
  boolean hasWaited(long now, Duration limit) {
    return waiting && now - askedAt > limit.toNanos();
  }

  /** What takes the responses of a connection. */
  interface Reader {

    /** A whole response has arrived, and must be settled. */
    void answered(long now) throws IOException;
  }
}
