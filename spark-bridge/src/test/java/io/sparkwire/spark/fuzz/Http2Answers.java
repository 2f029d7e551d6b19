package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.sparkwire.http.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.Map;
import java.util.TreeMap;

/** What a server says on one HTTP/2 connection, stream by stream. Not thread-safe. */
final class Http2Answers {

  private static final int MOST_FIELDS = 16_384;
  private static final int PRIORITY = 0x20;
  private static final int PRIORITY_BYTES = 5;

  private final RawHttp2 http;
  private final DefaultHttp2HeadersDecoder decoder =
      new DefaultHttp2HeadersDecoder(false, MOST_FIELDS);
  private final Map<Integer, Answer> streams = new TreeMap<>();
  private boolean isClosed;

  Http2Answers(RawHttp2 http) {
    this.http = http;
  }

  /** What came on one stream. */
  static final class Answer {

    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int status;
    private CharSequence grpcStatus;
    private boolean isReset;
    private boolean hasEnded;

    /** 0 before there is one. */
    int status() {
      return status;
    }

    /** Null if there is none. */
    String grpcStatus() {
      return grpcStatus == null ? null : grpcStatus.toString();
    }

    byte[] body() {
      return body.toByteArray();
    }

    boolean isReset() {
      return isReset;
    }

    boolean hasEnded() {
      return hasEnded;
    }

    @Override
    public String toString() {
      return "status %d, grpc-status %s, reset %s, ended %s: %s"
          .formatted(status, grpcStatus, isReset, hasEnded, body.toString(UTF_8));
    }
  }

  /**
   * Reads until a stream is answered or reset, or the connection ends.
   *
   * @throws IOException if the server says nothing for long
   */
  Answer until(int stream) throws IOException {
    while (!isClosed && !isOver(stream)) {
      try {
        take(http.receive());
      } catch (EOFException | SocketException closed) {
        isClosed = true;
      }
    }
    return answer(stream);
  }

  private boolean isOver(int stream) {
    return answer(stream).isReset || answer(stream).hasEnded;
  }

  private Answer answer(int stream) {
    return streams.computeIfAbsent(stream, none -> new Answer());
  }

  /** All streams on which something came. */
  Map<Integer, Answer> all() {
    return streams;
  }

  /** Whether the server has closed the connection. */
  boolean isClosed() {
    return isClosed;
  }

  private void take(RawHttp2.Frame frame) throws IOException {
    switch (frame.kind()) {
      case RawHttp2.HEADERS -> takeHead(frame);
      case RawHttp2.DATA -> answer(frame.stream()).body.writeBytes(frame.payload());
      case RawHttp2.RESET -> answer(frame.stream()).isReset = true;
      default -> {}
    }
    if (frame.isEnd()) {
      answer(frame.stream()).hasEnded = true;
    }
  }

  private void takeHead(RawHttp2.Frame frame) throws IOException {
    ByteBuf block = Unpooled.wrappedBuffer(frame.payload());
    block.skipBytes((frame.flags() & PRIORITY) == 0 ? 0 : PRIORITY_BYTES);
    try {
      Http2Headers fields = decoder.decodeHeaders(frame.stream(), block);
      Answer answer = answer(frame.stream());
      if (fields.status() != null) {
        answer.status = Integer.parseInt(fields.status().toString());
      }
      if (fields.get("grpc-status") != null) {
        answer.grpcStatus = fields.get("grpc-status");
      }
    } catch (Http2Exception e) {
      throw new IOException("the server's header block cannot be decoded: " + e.getMessage(), e);
    } finally {
      block.release();
    }
  }
}
