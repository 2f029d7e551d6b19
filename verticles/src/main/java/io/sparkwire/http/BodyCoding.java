package io.sparkwire.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** How the body of a request is encoded (RFC 9110, 8.4). Immutable. */
enum BodyCoding {
  IDENTITY,
  GZIP,
  DEFLATE,
  /** One that is not read, or several after each other. */
  UNKNOWN;

  /** What a client may send: the value of {@code Accept-Encoding}. */
  static final String READ = "gzip, deflate, identity";

  private static final String NONE = "identity";

  /** The largest text of a GZIP header, and what a body that cannot be compressed grows by. */
  private static final int OVERHEAD_BYTES = 1_024;

  /** The same of a long body: 5 bytes for each 16 KiB at most. */
  private static final int OVERHEAD_SHARE = 1_000;

  private static final int METHOD_MASK = 0x0f;
  private static final int DEFLATED = 8;
  private static final int CHECK = 31;

  /** The coding that a request names. */
  static BodyCoding of(MultiMap headers) {
    return headers.get(HttpHeaders.CONTENT_ENCODING) == null
        ? IDENTITY
        : named(headers.getAll(HttpHeaders.CONTENT_ENCODING));
  }

  private static BodyCoding named(List<String> fields) {
    List<String> codings =
        fields.stream()
            .flatMap(field -> Arrays.stream(field.split(",")))
            .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
            .filter(coding -> !coding.isEmpty() && !coding.equals(NONE))
            .toList();
    return switch (codings.size()) {
      case 0 -> IDENTITY;
      case 1 -> named(codings.get(0));
      default -> UNKNOWN;
    };
  }

  private static BodyCoding named(String coding) {
    return switch (coding) {
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      default -> UNKNOWN;
    };
  }

  /** How many bytes a body may have as it is sent, if it may have {@code most} once it is read. */
  long mostSent(long most) {
    return this == IDENTITY ? most : most + most / OVERHEAD_SHARE + OVERHEAD_BYTES;
  }

  /**
   * Decodes a whole body. It takes no more memory than twice {@code most}. Runs on: any thread that
   * may compute for long.
   *
   * @return null if it has more than {@code most} bytes
   * @throws IOException if it is not encoded like that, or cut off
   */
  byte[] decode(byte[] sent, long most) throws IOException {
    if (sent.length == 0) {
      return sent;
    }
    int enough = (int) Math.min(most + 1, Integer.MAX_VALUE);
    try (InputStream decoded = decoder(sent)) {
      byte[] body = decoded.readNBytes(enough);
      return body.length > most ? null : body;
    } catch (EOFException e) {
      throw new IOException("it ends too early", e);
    }
  }

  /** The header fields of a request without its coding, for a body of that length. */
  static MultiMap plain(MultiMap headers, int length) {
    return MultiMap.caseInsensitiveMultiMap()
        .addAll(headers)
        .remove(HttpHeaders.CONTENT_ENCODING)
        .remove(HttpHeaders.TRANSFER_ENCODING)
        .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
  }

  /** Its name for people. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  private InputStream decoder(byte[] sent) throws IOException {
    InputStream in = new ByteArrayInputStream(sent);
    return switch (this) {
      case GZIP -> new GZIPInputStream(in);
      case DEFLATE -> inflater(in, !hasZlibHeader(sent));
      case IDENTITY, UNKNOWN -> in;
    };
  }

  /** An inflater that is given is not ended with its stream. */
  private static InputStream inflater(InputStream in, boolean raw) {
    Inflater inflater = new Inflater(raw);
    return new InflaterInputStream(in, inflater) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
  }

  /** Many clients send "deflate" without the header that it has by RFC 9110, 8.4.1.2. */
  private static boolean hasZlibHeader(byte[] sent) {
    return sent.length > 1
        && (sent[0] & METHOD_MASK) == DEFLATED
        && ((sent[0] & 0xff) << 8 | (sent[1] & 0xff)) % CHECK == 0;
  }
}
