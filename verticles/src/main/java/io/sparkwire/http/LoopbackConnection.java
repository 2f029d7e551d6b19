package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import javax.net.SocketFactory;

/**
 * One connection of a client in this JVM to a listener of this JVM. It knows of HTTP just what our
 * own responses need. Not thread-safe.
 */
final class LoopbackConnection implements AutoCloseable {

  private static final byte[] LOOPBACK = {127, 0, 0, 1};
  private static final String LENGTH = "content-length:";
  private static final int STATUS_BEGINS = 9;
  private static final int STATUS_ENDS = 12;

  private final Socket socket;
  private final InputStream in;
  private byte[] body = {};

  /**
   * @param sockets make it, in clear text or with TLS
   */
  LoopbackConnection(SocketFactory sockets, int port) throws IOException {
    socket = sockets.createSocket(InetAddress.getByAddress(LOOPBACK), port);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  void send(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
  }

  /** Waits for the next response; returns its status. */
  int receive() throws IOException {
    int status = Integer.parseInt(line().substring(STATUS_BEGINS, STATUS_ENDS));
    int length = 0;
    for (String field = line(); !field.isEmpty(); field = line()) {
      if (field.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
        length = Integer.parseInt(field.substring(LENGTH.length()).trim());
      }
    }
    body = in.readNBytes(length);
    return status;
  }

  String lastBody() {
    return new String(body, UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the listener closed the connection");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
