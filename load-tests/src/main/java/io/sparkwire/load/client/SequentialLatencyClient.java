package io.sparkwire.load.client;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/**
 * A client that has one connection and waits for each reply before it asks again.
 *
 * <p>It measures the latency of one caller while the service is otherwise idle. Every reply is
 * checked. It stops at the first reply that is lost or unreadable, because what follows on the
 * connection belongs to no request. A plain blocking socket: no event loop of its own blurs the
 * time. Not thread-safe.
 */
public final class SequentialLatencyClient {
  private final Target target;
  private final Duration timeout;
  private final Question question;
  private final ResponseParser response;
  private final Tally tally = new Tally();
  private long value = ValueText.FIRST_VALUE;

  public SequentialLatencyClient(Target target, Duration timeout) {
    this.target = target;
    this.timeout = timeout;
    this.question = target.question();
    this.response = new ResponseParser(question.expectedLength());
  }

  /**
   * Sends so many requests unmeasured and then so many measured.
   *
   * @param limit ends the warm-up, and then the measuring, when they take longer than this
   * @throws IOException if there is no connection to be had
   */
  public RunReport run(int warmUp, int measured, Duration limit) throws IOException {
    try (Socket plain = new Socket();
        Socket socket = connected(plain)) {
      boolean intact = exchange(socket, warmUp, limit);
      tally.startMeasuring();
      if (intact) {
        exchange(socket, measured, limit);
      }
      tally.stopMeasuring();
    }
    return tally.report();
  }

  private Socket connected(Socket plain) throws IOException {
    int millis = Math.toIntExact(timeout.toMillis());
    InetSocketAddress address = target.address();
    plain.setTcpNoDelay(true);
    plain.setSoTimeout(millis);
    plain.connect(address, millis);
    return target.isTls()
        ? context()
            .getSocketFactory()
            .createSocket(plain, address.getHostString(), address.getPort(), true)
        : plain;
  }

  private static SSLContext context() throws IOException {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IOException(e);
    }
  }

  private boolean exchange(Socket socket, int count, Duration limit) throws IOException {
    OutputStream out = socket.getOutputStream();
    InputStream in = socket.getInputStream();
    long end = System.nanoTime() + limit.toNanos();
    try {
      for (int i = 0; i < count && System.nanoTime() - end < 0; i++) {
        exchange(out, in);
      }
      return true;
    } catch (ProtocolException e) {
      tally.unreadable(e.getMessage());
    } catch (IOException e) {
      tally.lost(e.getMessage());
    }
    return false;
  }

  private void exchange(OutputStream out, InputStream in) throws IOException {
    question.ask(value++);
    long sentAt = System.nanoTime();
    out.write(question.request());
    while (!response.isComplete()) {
      receive(in);
    }
    tally.reply(question, response, System.nanoTime() - sentAt);
    response.next();
  }

  private void receive(InputStream in) throws IOException {
    ByteBuffer space = response.space();
    int count = in.read(response.bytes(), space.position(), space.remaining());
    if (count < 0) {
      throw new EOFException("connection closed by the server");
    }
    response.received(count);
  }
}
