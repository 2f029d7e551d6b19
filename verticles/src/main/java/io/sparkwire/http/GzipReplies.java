package io.sparkwire.http;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Which replies are sent compressed, and how. Stateless. */
final class GzipReplies {

  private static final String CODING = "gzip";

  private static final List<String> COMPRESSED_TYPES =
      List.of("image/", "audio/", "video/", "application/zip", "application/gzip");
  private static final String TEXT_IMAGE = "image/svg+xml";

  /** Fields of a reply whose body must stay as it is. */
  private static final List<CharSequence> OF_ITS_BYTES =
      List.of(HttpHeaders.CONTENT_ENCODING, HttpHeaders.createOptimized("content-range"));

  private GzipReplies() {}

  /** Whether the client wants a body compressed, by RFC 9110, 12.5.3. */
  static boolean areAccepted(MultiMap request) {
    Map<String, Double> weights = new HashMap<>();
    request.getAll(HttpHeaders.ACCEPT_ENCODING).stream()
        .flatMap(field -> Arrays.stream(field.split(",")))
        .forEach(item -> add(weights, item.toLowerCase(Locale.ROOT).split(";")));
    double any = weights.getOrDefault("*", 0.0);
    double gzip = weights.getOrDefault(CODING, weights.getOrDefault("x-gzip", any));
    return gzip > 0 && gzip >= weights.getOrDefault("identity", 0.0);
  }

  private static void add(Map<String, Double> weights, String[] item) {
    double weight = 1;
    for (String parameter : Arrays.asList(item).subList(1, item.length)) {
      if (parameter.strip().startsWith("q=")) {
        weight = weight(parameter.strip().substring(2));
      }
    }
    weights.put(item[0].strip(), weight);
  }

  private static double weight(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0; // what cannot be read is not asked for
    }
  }

  /** Whether a reply with these fields may be compressed, and would become smaller. */
  static boolean suit(MultiMap reply) {
    String type = reply.get(HttpHeaders.CONTENT_TYPE);
    String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return OF_ITS_BYTES.stream().noneMatch(reply::contains)
        && (lower.startsWith(TEXT_IMAGE) || COMPRESSED_TYPES.stream().noneMatch(lower::startsWith));
  }

  /** Says that a body is compressed; its entity tag is then that of an equal body, not the same. */
  static void mark(MultiMap reply) {
    reply.set(HttpHeaders.CONTENT_ENCODING, CODING);
    String tag = reply.get(HttpHeaders.ETAG);
    if (tag != null && tag.startsWith("\"")) {
      reply.set(HttpHeaders.ETAG, "W/" + tag);
    }
  }

  /** Runs on: any thread that may compute for long. */
  static Buffer compress(byte[] body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length / 2);
    try (OutputStream gzip = new FastGzip(bytes)) {
      gzip.write(body);
    }
    return Buffer.buffer(bytes.toByteArray());
  }

  /** Most of what compression gains it gains at its lowest level, in a third of the time. */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
