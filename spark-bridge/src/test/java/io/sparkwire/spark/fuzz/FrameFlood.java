package io.sparkwire.spark.fuzz;

import io.sparkwire.http.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** Thousands of frames of one kind on one HTTP/2 connection. */
record FrameFlood(Flood flood, int frames) implements HostileInput {

  private static final int MOST = 5_000;
  private static final int NEW_NAME = 0x40;
  private static final int FIRST_DYNAMIC = 0xBE;

  /** What is repeated. */
  enum Flood {
    RESETS,
    CONTINUATIONS,
    EMPTY_CONTINUATIONS,
    SETTINGS,
    TABLE_SIZES,
    PINGS,
    EMPTY_DATA,
    PRIORITIES,
    WINDOWS,
    EXPANDING_HEADS,
    UNFINISHED_HEADS
  }

  static HostileInput of(Random random) {
    Flood[] all = Flood.values();
    return new FrameFlood(all[random.nextInt(all.length)], 1 + random.nextInt(MOST));
  }

  @Override
  public void check(Wire wire) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first());
    for (int i = 0; i < frames; i++) {
      all.writeBytes(next(i));
    }
    FrameSequence.isWithstood(wire.echo(), all.toByteArray());
  }

  private byte[] first() {
    return switch (flood) {
      case CONTINUATIONS, EMPTY_CONTINUATIONS ->
          FrameSequence.frame(RawHttp2.HEADERS, 0, 1, post());
      case EMPTY_DATA -> FrameSequence.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, post());
      case EXPANDING_HEADS ->
          FrameSequence.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, largeField());
      default -> new byte[0];
    };
  }

  private byte[] next(int i) {
    int stream = 3 + 2 * i;
    return switch (flood) {
      case RESETS ->
          join(
              FrameSequence.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, post()),
              FrameSequence.frame(RawHttp2.RESET, 0, stream, number(8)));
      case CONTINUATIONS ->
          FrameSequence.frame(FrameSequence.CONTINUATION, 0, 1, RawHttp2.block("x" + i, "y"));
      case EMPTY_CONTINUATIONS ->
          FrameSequence.frame(FrameSequence.CONTINUATION, 0, 1, new byte[0]);
      case SETTINGS -> FrameSequence.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
      case TABLE_SIZES ->
          FrameSequence.frame(RawHttp2.SETTINGS, 0, 0, join(new byte[] {0, 1}, number(i % 4_096)));
      case PINGS -> FrameSequence.frame(RawHttp2.PING, 0, 0, new byte[8]);
      case EMPTY_DATA -> FrameSequence.frame(RawHttp2.DATA, 0, 1, new byte[0]);
      case PRIORITIES -> FrameSequence.frame(2, 0, stream, new byte[] {0, 0, 0, 1, 7});
      case WINDOWS -> FrameSequence.frame(RawHttp2.WINDOW_UPDATE, 0, 0, number(1));
      case EXPANDING_HEADS ->
          FrameSequence.frame(
              RawHttp2.HEADERS, RawHttp2.END_HEADERS | RawHttp2.END_STREAM, stream, repeated());
      case UNFINISHED_HEADS ->
          FrameSequence.frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, post());
    };
  }

  private static byte[] post() {
    return RawHttp2.block(
        ":method", "POST", ":scheme", "http", ":path", FuzzedServices.ECHO_PATH, ":authority", "t");
  }

  /** A field of 4,000 bytes that the decoder keeps in its table, RFC 7541, 6.2.1. */
  private static byte[] largeField() {
    byte[] value = new byte[4_000];
    Arrays.fill(value, (byte) 'a');
    byte[] length = {0x7F, (byte) 0xA1, 0x1E}; // 127 + 33 + 30 * 128
    return join(post(), new byte[] {NEW_NAME, 1, 'x'}, length, value);
  }

  /** The same field a thousand times, in a byte each. */
  private static byte[] repeated() {
    byte[] fields = new byte[1_000];
    Arrays.fill(fields, (byte) FIRST_DYNAMIC);
    return join(post(), fields);
  }

  private static byte[] number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  private static byte[] join(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }

  @Override
  public String shown() {
    return frames + " " + flood.name().toLowerCase(Locale.ROOT);
  }
}
