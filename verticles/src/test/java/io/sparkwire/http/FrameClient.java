package io.sparkwire.http;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One HTTP/2 connection of which a test writes every frame. Not thread-safe. */
final class FrameClient implements AutoCloseable {

  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int GOAWAY = 7;
  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  private static final int SETTINGS = 4;
  private static final int PATIENCE_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final List<Frame> seen = new ArrayList<>();

  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  record Frame(int kind, int flags, int stream, byte[] payload) {

    boolean isEnd() {
      return (kind == DATA || kind == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The error that a RST_STREAM or a GOAWAY names. */
    int error() {
      int at = kind == GOAWAY ? 7 : 3;
      return payload[at] & 0xff;
    }

    String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }
  }

  FrameClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    socket
        .getOutputStream()
        .write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    frame(SETTINGS, 0, 0, new byte[0]);
  }

  FrameClient frame(int kind, int flags, int stream, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(payload.length >> 16);
    frame.write(payload.length >> 8);
    frame.write(payload.length);
    frame.write(kind);
    frame.write(flags);
    for (int shift = 24; shift >= 0; shift -= 8) {
      frame.write(stream >> shift);
    }
    frame.write(payload);
    socket.getOutputStream().write(frame.toByteArray());
    return this;
  }

  /** Sends a head of these fields, names and values in turn, each as it is. */
  FrameClient head(int stream, boolean end, String... fields) throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0); // a literal without indexing, with a new name
      text(block, fields[i]);
      text(block, fields[i + 1]);
    }
    return frame(HEADERS, END_HEADERS | (end ? END_STREAM : 0), stream, block.toByteArray());
  }

  private static void text(ByteArrayOutputStream block, String text) throws IOException {
    block.write(text.length()); // below 127, so in one byte and without Huffman's code
    block.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  FrameClient post(int stream, boolean end, String path, String... more) throws IOException {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "POST", ":scheme", "http", ":path", path, ":authority", "t"));
    fields.addAll(List.of(more));
    return head(stream, end, fields.toArray(String[]::new));
  }

  FrameClient data(int stream, boolean end, String text) throws IOException {
    return frame(DATA, end ? END_STREAM : 0, stream, text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Waits until that stream has been answered or reset, or the connection ends. */
  List<Frame> untilEnd(int stream) throws IOException {
    while (of(stream).stream().noneMatch(f -> f.isEnd() || f.kind() == RST_STREAM)) {
      if (!readFrame()) {
        break;
      }
    }
    return of(stream);
  }

  /** Waits for a frame of that kind on that stream. */
  Frame await(int stream, int kind) throws IOException {
    while (of(stream).stream().noneMatch(f -> f.kind() == kind)) {
      if (!readFrame()) {
        throw new EOFException("no frame " + kind + " on stream " + stream + " in " + seen);
      }
    }
    return of(stream).stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
  }

  List<Frame> of(int stream) {
    return seen.stream().filter(f -> f.stream() == stream).toList();
  }

  boolean hasGoAway() {
    return seen.stream().anyMatch(f -> f.kind() == GOAWAY);
  }

  private boolean readFrame() throws IOException {
    try {
      int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
      int kind = in.readUnsignedByte();
      int flags = in.readUnsignedByte();
      int stream = in.readInt();
      seen.add(new Frame(kind, flags, stream, in.readNBytes(length)));
      return true;
    } catch (EOFException | SocketException | SocketTimeoutException end) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
