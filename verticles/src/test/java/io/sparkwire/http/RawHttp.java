package io.sparkwire.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;

/** One HTTP/1.1 connection of which a test writes every byte. Not thread-safe. */
public final class RawHttp implements Closeable {

  /** More than the time-outs of services, so that those can answer first. */
  private static final int TIMEOUT_MILLIS = 60_000;

  private final Socket socket;

  public RawHttp(int port) throws IOException {
    this(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  public RawHttp(InetSocketAddress address) throws IOException {
    this(new Socket(address.getAddress(), address.getPort()));
  }

  /**
   * The same over TLS.
   *
   * @param tls of the client
   */
  public RawHttp(SSLContext tls, int port) throws IOException {
    this(tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
  }

  /** Over a connection that is there already. */
  public RawHttp(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
  }

  public RawHttp send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  public RawHttp send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a whole POST with this body and, unless null, this content type. */
  public RawHttp post(String path, String contentType, byte[] body) throws IOException {
    String type = contentType == null ? "" : "Content-Type: " + contentType + "\r\n";
    send(
        "POST "
            + path
            + " HTTP/1.1\r\nHost: test\r\n"
            + type
            + "Content-Length: "
            + body.length
            + "\r\n\r\n");
    return send(body);
  }

  public RawHttp post(String path, String json) throws IOException {
    return post(path, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads one whole response; null if the connection ends instead. */
  public Response receiveIfAny() throws IOException {
    PushbackInputStream in = new PushbackInputStream(socket.getInputStream());
    int first = in.read();
    if (first < 0) {
      return null;
    }
    in.unread(first);
    return receive(in);
  }

  /** Reads one whole response. */
  public Response receive() throws IOException {
    return receive(socket.getInputStream());
  }

  private static Response receive(InputStream in) throws IOException {
    String[] statusLine = line(in).split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.merge(
          header.substring(0, colon).toLowerCase(Locale.ROOT),
          header.substring(colon + 1).trim(),
          (one, more) -> one + ", " + more);
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    byte[] body = in.readNBytes(length);
    return new Response(
        Integer.parseInt(statusLine[1]), headers, new String(body, StandardCharsets.UTF_8));
  }

  /** Sends the end of the stream: nothing more comes, but answers are read. */
  public RawHttp endOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Whether the server closes the connection, which it is given time for. */
  public boolean isClosedByServer() throws IOException {
    return socket.getInputStream().read() < 0;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException("the server closed the connection within '" + line + "'");
      }
      line.write(b);
    }
    return line.toString(StandardCharsets.ISO_8859_1).trim();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /** A response; header names are in lower case, and values of the same name are one list. */
  public record Response(int status, Map<String, String> headers, String body) {

    /** A header field; null if it is not there. */
    public String header(String name) {
      return headers.get(name);
    }
  }
}
