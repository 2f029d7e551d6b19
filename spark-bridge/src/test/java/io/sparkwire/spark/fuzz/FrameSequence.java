package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.http.RawHttp2;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Random;

/**
 * Frames of HTTP/2 that need not be allowed, on one connection: then it ends, or a good request on
 * it is answered.
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FrameSequence(byte[] frames) implements HostileInput {

  static final int CONTINUATION = 9;
  static final int LAST_STREAM = 100_001;
  static final int HEAD_BYTES = 9;

  private static final int MOST_FRAMES = 20;
  private static final int STREAMS = 12;
  private static final int KINDS = 12;
  private static final String BODY = "good";

  static HostileInput of(Random random) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 1 + random.nextInt(MOST_FRAMES); i > 0; i--) {
      all.writeBytes(random.nextInt(3) == 0 ? odd(random) : likely(random));
    }
    return new FrameSequence(all.toByteArray());
  }

  /** A frame as it is allowed, though perhaps not there. */
  private static byte[] likely(Random random) {
    int stream = 1 + random.nextInt(STREAMS);
    int end = random.nextBoolean() ? RawHttp2.END_STREAM : 0;
    return switch (random.nextInt(7)) {
      case 0, 1 -> frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS | end, stream, head(random));
      case 2, 3 -> frame(RawHttp2.DATA, end, stream, bytes(random, 40));
      case 4 -> frame(RawHttp2.RESET, 0, stream, bytes(random, -4));
      case 5 -> frame(RawHttp2.PING, random.nextInt(2), 0, bytes(random, -8));
      default -> frame(RawHttp2.WINDOW_UPDATE, 0, random.nextInt(STREAMS), number(random));
    };
  }

  private static byte[] odd(Random random) {
    int stream = random.nextInt(STREAMS);
    return switch (random.nextInt(6)) {
      case 0 -> frame(random.nextInt(KINDS), random.nextInt(256), stream, bytes(random, 30));
      case 1 -> frame(RawHttp2.HEADERS, random.nextInt(256), stream, bytes(random, 40));
      case 2 -> frame(CONTINUATION, random.nextInt(8), stream, head(random));
      case 3 -> frame(RawHttp2.SETTINGS, random.nextInt(2), random.nextInt(2), settings(random));
      case 4 ->
          frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, stream, Damage.of(head(random), random));
      default -> frame(random.nextInt(256), random.nextInt(256), random.nextInt(), new byte[0]);
    };
  }

  /** Settings other than the size of header tables, which those who read replies must know. */
  private static byte[] settings(Random random) {
    return ByteBuffer.allocate(6)
        .putShort((short) (2 + random.nextInt(6)))
        .put(number(random))
        .array();
  }

  private static byte[] number(Random random) {
    int number = random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(1 << 17);
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }

  /** At most so many bytes at random, or exactly so many if the number is negative. */
  private static byte[] bytes(Random random, int number) {
    byte[] bytes = new byte[number < 0 ? -number : random.nextInt(number)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static byte[] head(Random random) {
    String path = random.nextInt(8) == 0 ? "/nowhere" : FuzzedServices.ECHO_PATH;
    return random.nextInt(6) == 0
        ? RawHttp2.block(":method", "POST", ":scheme", "http", ":path", path, "x", "y")
        : RawHttp2.block(
            ":method",
            "POST",
            ":scheme",
            "http",
            ":path",
            path,
            ":authority",
            "t",
            "content-length",
            "" + random.nextInt(9));
  }

  static byte[] frame(int kind, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEAD_BYTES + payload.length)
        .putInt(payload.length << 8 | kind)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  @Override
  public void check(Wire wire) throws IOException {
    isWithstood(wire.echo(), frames);
  }

  /** Sends such frames, and then a good request. */
  static void isWithstood(int port, byte[] frames) throws IOException {
    byte[] window = {0, 4, 0, 0, (byte) 0xff, (byte) 0xff};
    byte[] good =
        RawHttp2.block(
            ":method",
            "POST",
            ":scheme",
            "http",
            ":path",
            FuzzedServices.ECHO_PATH,
            ":authority",
            "t");
    try (RawHttp2 http = new RawHttp2(port, RawHttp2.USUAL_WINDOW)) {
      http.bytes(frames)
          .frame(RawHttp2.SETTINGS, 0, 0, window)
          .frame(RawHttp2.HEADERS, RawHttp2.END_HEADERS, LAST_STREAM, good)
          .frame(RawHttp2.DATA, RawHttp2.END_STREAM, LAST_STREAM, BODY.getBytes(ISO_8859_1));
      try {
        http.send();
      } catch (SocketException closed) {
        return;
      }
      isRight(new Http2Answers(http));
    }
  }

  private static void isRight(Http2Answers answers) throws IOException {
    Http2Answers.Answer last = answers.until(LAST_STREAM);
    if (!answers.isClosed() && !last.isReset()) {
      assertThat(last.status()).as("%s", last).isEqualTo(200);
      assertThat(new String(last.body(), ISO_8859_1)).isEqualTo(BODY);
    }
    answers.all().values().forEach(a -> assertThat(a.status()).as("%s", a).matches(s -> s < 500));
  }

  @Override
  public String shown() {
    return Escaped.of(frames);
  }
}
