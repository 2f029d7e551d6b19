package io.sparkwire.load.client;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.SocketChannel;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * A connection that speaks TLS 1.3 with what the JVM's own context trusts.
 *
 * <p>It is opened on a socket that still blocks. Requests are small: what a socket does not take at
 * once is an error. Not thread-safe.
 */
final class TlsChannel implements ByteChannel {
  private static final String[] PROTOCOLS = {"TLSv1.3"};
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel socket;
  private final SSLEngine engine;
  private final ByteBuffer received;
  private final ByteBuffer toSend;

  /** What was decrypted and not read yet, ready to be read. */
  private final ByteBuffer plain;

  private TlsChannel(SocketChannel socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
    int packet = engine.getSession().getPacketBufferSize();
    this.received = ByteBuffer.allocate(2 * packet);
    this.toSend = ByteBuffer.allocate(2 * packet);
    this.plain = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize()).flip();
  }

  /** Shakes hands on a connected socket. */
  static TlsChannel open(SocketChannel socket, String host, int port) throws IOException {
    SSLEngine engine;
    try {
      engine = SSLContext.getDefault().createSSLEngine(host, port);
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(PROTOCOLS);
    TlsChannel channel = new TlsChannel(socket, engine);
    channel.shakeHands();
    return channel;
  }

  private void shakeHands() throws IOException {
    engine.beginHandshake();
    for (HandshakeStatus status = engine.getHandshakeStatus();
        status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
        status = engine.getHandshakeStatus()) {
      switch (status) {
        case NEED_WRAP -> write(NOTHING);
        case NEED_TASK -> engine.getDelegatedTask().run();
        default -> {
          if (!unwrap() && receive() < 0) {
            throw new EOFException("connection closed in its handshake");
          }
        }
      }
    }
  }

  /** Decrypts one record; false if it is not there as a whole. */
  private boolean unwrap() throws SSLException {
    received.flip();
    plain.compact();
    SSLEngineResult result = engine.unwrap(received, plain);
    plain.flip();
    received.compact();
    return result.getStatus() == SSLEngineResult.Status.OK;
  }

  private int receive() throws IOException {
    return socket.read(received);
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    int count = plain.hasRemaining() ? 0 : receive();
    while (received.position() > 0 && unwrap()) {
      // one record after the other
    }
    if (!plain.hasRemaining()) {
      return count < 0 || engine.isInboundDone() ? -1 : 0;
    }
    int length = Math.min(into.remaining(), plain.remaining());
    into.put(into.position(), plain, plain.position(), length);
    into.position(into.position() + length);
    plain.position(plain.position() + length);
    return length;
  }

  @Override
  public int write(ByteBuffer from) throws IOException {
    int before = from.remaining();
    toSend.clear();
    engine.wrap(from, toSend);
    toSend.flip();
    socket.write(toSend);
    if (toSend.hasRemaining() || from.hasRemaining()) {
      throw new IOException("a request that the socket does not take at once");
    }
    return before;
  }

  @Override
  public boolean isOpen() {
    return socket.isOpen();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
