package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sparkwire.app.Attackers.Attack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;

/** The kinds of hostile traffic that a node has to withstand. Stateless. */
final class Attacks {

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(ISO_8859_1);
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};
  private static final byte[] WIDE_WINDOW = {0, 4, 0x7F, -1, -1, -1};
  private static final byte[] WIDER = {0x7F, 0, 0, 0};

  private static final int STREAMS = 250_000;
  private static final int STREAMS_AT_ONCE = 100;
  private static final int REPLIES_AT_ONCE = 50;
  private static final int HOLD_MILLIS = 3_000;
  private static final int CHUNK = 64 * 1024;
  private static final byte[] NOWHERE =
      "GET /nowhere HTTP/1.1\r\nHost: a\r\n\r\n".repeat(1_000).getBytes(ISO_8859_1);

  private Attacks() {}

  /** Opens streams on one HTTP/2 connection, reads no reply and acknowledges no settings. */
  static Attack streamsWithoutLimit(String path) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      OutputStream out = socket.getOutputStream();
      out.write(join(PREFACE, frame(SETTINGS, 0, 0, NO_WINDOW)));
      for (int sent = 0; sent < STREAMS && !from.areOver(); sent += STREAMS_AT_ONCE) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < STREAMS_AT_ONCE; i++) {
          frames.write(frame(HEADERS, END_HEADERS | END_STREAM, stream(sent + i), head(path)));
        }
        out.write(frames.toByteArray());
      }
      from.close(socket);
    };
  }

  /** Opens and cancels streams of one HTTP/2 connection as fast as it can. */
  static Attack cancelledStreams(String path) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      OutputStream out = socket.getOutputStream();
      out.write(join(PREFACE, frame(SETTINGS, 0, 0, new byte[0])));
      for (int sent = 0; sent < STREAMS && !from.areOver(); sent += STREAMS_AT_ONCE) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        for (int i = 0; i < STREAMS_AT_ONCE; i++) {
          frames.write(frame(HEADERS, END_HEADERS, stream(sent + i), head(path)));
          frames.write(frame(RST_STREAM, 0, stream(sent + i), new byte[] {0, 0, 0, 8}));
        }
        out.write(frames.toByteArray());
      }
      from.close(socket);
    };
  }

  /** Sends frames that each ask for an answer, and reads none. */
  static Attack pings() {
    return (from, port) -> {
      Socket socket = from.connect(port);
      OutputStream out = socket.getOutputStream();
      out.write(join(PREFACE, frame(SETTINGS, 0, 0, new byte[0])));
      byte[] ping = join(frame(PING, 0, 0, new byte[8]), frame(SETTINGS, 0, 0, new byte[0]));
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      for (int i = 0; i < STREAMS_AT_ONCE; i++) {
        frames.write(ping);
      }
      while (!from.areOver()) {
        out.write(frames.toByteArray());
      }
    };
  }

  /** Asks for large replies over HTTP/2, with a flow-control window of 0. */
  static Attack unreadStreams(String path, String body) {
    return streams(path, body, frame(SETTINGS, 0, 0, NO_WINDOW));
  }

  /** The same with a window for all replies, which are read: honest clients. */
  static Attack readStreams(String path, String body) {
    byte[] wide = join(frame(SETTINGS, 0, 0, WIDE_WINDOW), frame(WINDOW_UPDATE, 0, 0, WIDER));
    return streams(path, body, wide);
  }

  private static Attack streams(String path, String body, byte[] settings) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      frames.write(join(PREFACE, settings));
      for (int i = 0; i < REPLIES_AT_ONCE; i++) {
        frames.write(frame(HEADERS, END_HEADERS, stream(i), head(path)));
        frames.write(frame(DATA, END_STREAM, stream(i), body.getBytes(ISO_8859_1)));
      }
      socket.getOutputStream().write(frames.toByteArray());
      discardFor(from, socket);
      from.close(socket);
    };
  }

  /** Asks for large replies over HTTP/1.1, one request after the other, and reads nothing. */
  static Attack unreadReplies(String path, String body) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      sendAll(socket, path, body);
      from.pause(HOLD_MILLIS);
      from.close(socket);
    };
  }

  /** The same with replies that are read: honest clients. */
  static Attack readReplies(String path, String body) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      sendAll(socket, path, body);
      discardFor(from, socket);
      from.close(socket);
    };
  }

  private static void sendAll(Socket socket, String path, String body) throws IOException {
    for (int i = 0; i < REPLIES_AT_ONCE; i++) {
      socket.getOutputStream().write(post(path, body));
    }
  }

  /** Asks for what does not exist, and reads none of the refusals. */
  static Attack unreadRefusals() {
    return (from, port) -> {
      Socket socket = from.connect(port);
      while (!from.areOver()) {
        socket.getOutputStream().write(NOWHERE);
      }
    };
  }

  /** Sends one body, reads the reply, and begins again, as often as a good client asks. */
  static Attack bodies(String path, String body) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      socket.setSoTimeout(HOLD_MILLIS);
      byte[] reply = new byte[CHUNK];
      while (!from.areOver()) {
        socket.getOutputStream().write(post(path, body));
        if (socket.getInputStream().read(reply) < 0) {
          break;
        }
        from.pause(PacedClients.INTERVAL_MILLIS);
      }
      from.close(socket);
    };
  }

  /** Keeps connections that say nothing. */
  static Attack idleConnections(int connections) {
    return new Crowd(connections, new byte[0], new byte[0]);
  }

  /** Keeps connections whose heads never end. */
  static Attack slowHeads(int connections, String path) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\nX-Slow: ";
    return new Crowd(connections, head.getBytes(ISO_8859_1), new byte[] {'a'});
  }

  /** Keeps connections whose bodies never begin. */
  static Attack headsWithoutBodies(int connections, String path) {
    return new Crowd(connections, post(path, "0123456789", ""), new byte[0]);
  }

  /** Keeps connections whose bodies never end. */
  static Attack slowBodies(int connections, String path) {
    return new Crowd(connections, post(path, " ".repeat(100_000), ""), new byte[] {' '});
  }

  /** Begins many bodies on one HTTP/2 connection, and ends none. */
  static Attack streamsWithoutBodies(String path) {
    return (from, port) -> {
      Socket socket = from.connect(port);
      ByteArrayOutputStream frames = new ByteArrayOutputStream();
      frames.write(join(PREFACE, frame(SETTINGS, 0, 0, new byte[0])));
      for (int i = 0; i < STREAMS_AT_ONCE; i++) {
        frames.write(frame(HEADERS, END_HEADERS, stream(i), head(path)));
      }
      socket.getOutputStream().write(frames.toByteArray());
      discardFor(from, socket);
      from.close(socket);
    };
  }

  /** Announces a message of 2 GiB, and begins to send it. */
  static Attack endlessMessage() {
    return (from, port) -> {
      Socket socket = from.connect(port);
      OutputStream out = socket.getOutputStream();
      out.write(ByteBuffer.allocate(Integer.BYTES).putInt(Integer.MAX_VALUE).array());
      byte[] zeros = new byte[CHUNK];
      while (!from.areOver()) {
        out.write(zeros);
      }
    };
  }

  private static void discardFor(Attackers from, Socket socket) throws IOException {
    socket.setSoTimeout(HOLD_MILLIS / 10);
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HOLD_MILLIS);
    boolean open = true;
    while (open && System.nanoTime() - end < 0 && !from.areOver()) {
      open = discard(socket.getInputStream());
    }
  }

  /** Reads what there is; false at the end. */
  private static boolean discard(InputStream in) throws IOException {
    try {
      return in.read(new byte[CHUNK]) >= 0;
    } catch (SocketTimeoutException nothing) {
      return true;
    }
  }

  private static byte[] post(String path, String body) {
    return post(path, body, body);
  }

  private static byte[] post(String path, String announced, String sent) {
    String head = "POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + announced.length();
    return (head + "\r\n\r\n" + sent).getBytes(ISO_8859_1);
  }

  private static int stream(int index) {
    return 1 + 2 * index;
  }

  /** POST, http, the path and an authority, as RFC 7541 writes them from its static table. */
  private static byte[] head(String path) {
    byte[] bytes = path.getBytes(ISO_8859_1);
    return join(
        new byte[] {(byte) 0x83, (byte) 0x86, 0x04, (byte) bytes.length},
        bytes,
        new byte[] {0x01, 1, 'a'});
  }

  /** RFC 9113, section 4.1. */
  private static byte[] frame(int type, int flags, int stream, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
    return frame.array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
