package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.http.RawHttp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;

/** A body with a Content-Encoding: bombs, damaged ones, and those that are in order. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record EncodedBody(String coding, byte[] body) implements HostileInput {

  private static final int MANY = 64_000_000;
  private static final int FEW = 100;
  private static final byte[] GZIP_BOMB = gzip(new byte[MANY]);
  private static final byte[] GZIP_OF_BOMB = gzip(GZIP_BOMB);
  private static final byte[] DEFLATE_BOMB = deflate(new byte[MANY]);
  private static final String[] CODINGS = {
    "gzip", "gzip", "gzip", "x-gzip", "deflate", "deflate", "br", "gzip, gzip", "identity", ""
  };

  static HostileInput of(Random random) {
    String coding = CODINGS[random.nextInt(CODINGS.length)];
    if (random.nextInt(20) == 0) {
      return coding.equals("deflate")
          ? new EncodedBody(coding, DEFLATE_BOMB)
          : new EncodedBody(coding, random.nextBoolean() ? GZIP_BOMB : GZIP_OF_BOMB);
    }
    byte[] text = text(random);
    byte[] body = coding.equals("deflate") ? deflate(text) : gzip(text);
    return new EncodedBody(coding, random.nextBoolean() ? body : damaged(body, random));
  }

  private static byte[] text(Random random) {
    int limit = random.nextInt(30) == 0 ? FuzzedServices.MAX_BODY + FEW : 4 * FEW;
    byte[] text = new byte[limit - random.nextInt(2 * FEW)];
    for (int i = 0; i < text.length; i++) {
      text[i] = (byte) ('a' + random.nextInt(1 + random.nextInt(26)));
    }
    return text;
  }

  private static byte[] damaged(byte[] body, Random random) {
    int at = random.nextInt(body.length);
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(body, at);
      case 1 -> Arrays.copyOf(body, body.length + 1 + at); // zeros after the end
      case 2 -> twice(body);
      default -> {
        byte[] changed = body.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        yield changed;
      }
    };
  }

  private static byte[] twice(byte[] body) {
    byte[] twice = Arrays.copyOf(body, 2 * body.length);
    System.arraycopy(body, 0, twice, body.length, body.length);
    return twice;
  }

  private static byte[] gzip(byte[] body) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(bytes)) {
        gzip.write(body);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] deflate(byte[] body) {
    Deflater deflater = new Deflater();
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (OutputStream deflate = new DeflaterOutputStream(bytes, deflater)) {
        deflate.write(body);
      }
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      deflater.end();
    }
  }

  @Override
  public void check(Wire wire) throws IOException {
    RawHttp.Response response =
        wire.post(
            wire.echo(), FuzzedServices.ECHO_PATH, "Content-Encoding: " + coding + "\r\n", body);
    if (response.status() == 200) {
      assertThat(response.body()).isEqualTo(new String(decoded(), UTF_8));
    } else {
      Refusals.isProblem(response);
      if (response.status() != 413) {
        assertThat(isReadable()).as("%s", response).isFalse();
      } else {
        assertThat(
                body.length > FuzzedServices.MAX_BODY || decoded().length > FuzzedServices.MAX_BODY)
            .isTrue();
      }
    }
  }

  private boolean isReadable() {
    try {
      decoded();
      return !coding.equals("br") && !coding.equals("gzip, gzip");
    } catch (IOException e) {
      return false;
    }
  }

  /** As Java decodes it, up to one byte too many. */
  private byte[] decoded() throws IOException {
    try (InputStream in = decoder()) {
      return in.readNBytes(FuzzedServices.MAX_BODY + 1);
    }
  }

  private InputStream decoder() throws IOException {
    InputStream in = new ByteArrayInputStream(body);
    boolean isPlain = body.length == 0 || coding.isEmpty() || coding.equals("identity");
    if (isPlain) {
      return in;
    }
    return coding.equals("deflate") ? new InflaterInputStream(in) : new GZIPInputStream(in);
  }

  @Override
  public String shown() {
    return coding + ": " + Escaped.of(body);
  }
}
