package io.sparkwire.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One HTTP/2 connection whose heads are written field by field, and all frames received on it. Not
 * thread-safe.
 */
final class FrameClient implements AutoCloseable {

  private final RawHttp2 http;
  private final List<RawHttp2.Frame> seen = new ArrayList<>();

  private boolean holds;

  FrameClient(int port) throws IOException {
    this(port, RawHttp2.USUAL_WINDOW);
  }

  /**
   * @param window how many bytes of a response the server may send unasked
   */
  FrameClient(int port, int window) throws IOException {
    http = new RawHttp2(port, window).send();
  }

  FrameClient frame(int kind, int flags, int stream, byte[] payload) throws IOException {
    http.frame(kind, flags, stream, payload);
    return holds ? this : send();
  }

  /** Keeps the frames that follow until they are sent at once. */
  FrameClient hold() {
    holds = true;
    return this;
  }

  FrameClient send() throws IOException {
    holds = false;
    http.send();
    return this;
  }

  /** Lets the server send so many bytes more of a response. */
  FrameClient window(int stream, int bytes) throws IOException {
    return frame(RawHttp2.WINDOW_UPDATE, 0, stream, ByteBuffer.allocate(4).putInt(bytes).array());
  }

  /** Cancels a request. */
  FrameClient reset(int stream) throws IOException {
    http.reset(stream);
    return holds ? this : send();
  }

  /** Sends a head of these fields, names and values in turn, each as it is. */
  FrameClient head(int stream, boolean end, String... fields) throws IOException {
    return frame(
        RawHttp2.HEADERS,
        RawHttp2.END_HEADERS | (end ? RawHttp2.END_STREAM : 0),
        stream,
        RawHttp2.block(fields));
  }

  FrameClient post(int stream, boolean end, String path, String... more) throws IOException {
    List<String> fields =
        new ArrayList<>(
            List.of(":method", "POST", ":scheme", "http", ":path", path, ":authority", "t"));
    fields.addAll(List.of(more));
    return head(stream, end, fields.toArray(String[]::new));
  }

  FrameClient data(int stream, boolean end, String text) throws IOException {
    return frame(
        RawHttp2.DATA,
        end ? RawHttp2.END_STREAM : 0,
        stream,
        text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Waits until that stream has been answered or reset, or the connection ends. */
  List<RawHttp2.Frame> untilEnd(int stream) throws IOException {
    while (of(stream).stream().noneMatch(f -> f.isEnd() || f.kind() == RawHttp2.RESET)) {
      if (!readFrame()) {
        break;
      }
    }
    return of(stream);
  }

  /** Waits for a frame of that kind on that stream. */
  RawHttp2.Frame await(int stream, int kind) throws IOException {
    while (of(stream).stream().noneMatch(f -> f.kind() == kind)) {
      if (!readFrame()) {
        throw new EOFException("no frame " + kind + " on stream " + stream + " in " + seen);
      }
    }
    return of(stream).stream().filter(f -> f.kind() == kind).findFirst().orElseThrow();
  }

  List<RawHttp2.Frame> of(int stream) {
    return seen.stream().filter(f -> f.stream() == stream).toList();
  }

  boolean hasGoAway() {
    return seen.stream().anyMatch(f -> f.kind() == RawHttp2.GO_AWAY);
  }

  private boolean readFrame() throws IOException {
    try {
      seen.add(http.receive());
      return true;
    } catch (EOFException | SocketException | SocketTimeoutException end) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    http.close();
  }
}
