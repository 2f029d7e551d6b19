package io.sparkwire.http;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One HTTP/2 connection of which a test writes every frame. Not thread-safe. */
public final class RawHttp2 implements Closeable {

  public static final int DATA = 0;
  public static final int HEADERS = 1;
  public static final int RESET = 3;
  public static final int SETTINGS = 4;
  public static final int PING = 6;
  public static final int GO_AWAY = 7;
  public static final int WINDOW_UPDATE = 8;

  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  /** The flow-control window of a client that does not choose one. */
  public static final int USUAL_WINDOW = 65_535;

  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket;
  private final DataInputStream in;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream();

  /** A received frame. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Frame(int kind, int flags, int stream, byte[] payload) {

    public boolean isEnd() {
      return (kind == DATA || kind == HEADERS) && (flags & END_STREAM) != 0;
    }

    /** The error that a reset or a GOAWAY names. */
    public int error() {
      int at = kind == GO_AWAY ? 7 : 3;
      return payload[at] & 0xff;
    }

    public String text() {
      return new String(payload, StandardCharsets.ISO_8859_1);
    }
  }

  /**
   * @param window how many bytes of a response the server may send unasked
   */
  public RawHttp2(int port, int window) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    in = new DataInputStream(socket.getInputStream());
    batch.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    byte[] settings =
        ByteBuffer.allocate(6).putShort((short) INITIAL_WINDOW_SIZE).putInt(window).array();
    frame(SETTINGS, 0, 0, settings);
  }

  public RawHttp2 frame(int kind, int flags, int stream, byte[] payload) {
    ByteBuffer head = ByteBuffer.allocate(9);
    head.put((byte) (payload.length >> 16)).putShort((short) payload.length);
    head.put((byte) kind).put((byte) flags).putInt(stream);
    batch.writeBytes(head.array());
    batch.writeBytes(payload);
    return this;
  }

  /** Bytes that need not be a frame. */
  public RawHttp2 bytes(byte[] bytes) {
    batch.writeBytes(bytes);
    return this;
  }

  /** The block of these fields, names and values in turn, each as it is. */
  public static byte[] block(String... fields) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < fields.length; i += 2) {
      block.write(0); // a literal without indexing, with a new name
      text(block, fields[i]);
      text(block, fields[i + 1]);
    }
    return block.toByteArray();
  }

  private static void text(ByteArrayOutputStream block, String text) {
    block.write(text.length()); // below 127, so in one byte and without Huffman's code
    block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** A POST whose body is to follow. */
  RawHttp2 head(int stream, String path) {
    return frame(HEADERS, END_HEADERS, stream, post(path));
  }

  /** A POST without a body. */
  RawHttp2 request(int stream, String path) {
    return frame(HEADERS, END_HEADERS | END_STREAM, stream, post(path));
  }

  RawHttp2 body(int stream, String text) {
    return frame(DATA, END_STREAM, stream, text.getBytes(StandardCharsets.UTF_8));
  }

  RawHttp2 reset(int stream) {
    return frame(RESET, 0, stream, ByteBuffer.allocate(4).putInt(8).array());
  }

  private static byte[] post(String path) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(new byte[] {(byte) 0x83, (byte) 0x86, 0x04, (byte) path.length()});
    block.writeBytes(path.getBytes(StandardCharsets.ISO_8859_1));
    block.writeBytes(new byte[] {0x01, 0x01, 'x'});
    return block.toByteArray();
  }

  /** Sends all frames that were made since the last time. */
  public RawHttp2 send() throws IOException {
    socket.getOutputStream().write(batch.toByteArray());
    batch.reset();
    return this;
  }

  public Frame receive() throws IOException {
    int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
    int kind = in.readUnsignedByte();
    int flags = in.readUnsignedByte();
    int stream = in.readInt();
    return new Frame(kind, flags, stream, in.readNBytes(length));
  }

  /** The next frame of that kind on that stream; others are passed over. */
  Frame receive(int kind, int stream) throws IOException {
    Frame frame = receive();
    while (frame.kind() != kind || frame.stream() != stream) {
      frame = receive();
    }
    return frame;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
