package io.sparkwire.retention;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.message.ServiceRequest;
import io.vertx.core.http.HttpHeaders;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The fingerprint of a payload: SHA-256 of method, URI, content type and body. Stateless. */
final class Fingerprint {

  private static final byte END = 0; // no method, URI or content type has it

  private Fingerprint() {}

  static String of(ServiceRequest request) {
    MessageDigest digest = sha256();
    String contentType = request.headers().get(HttpHeaders.CONTENT_TYPE);
    add(digest, request.method());
    add(digest, request.uri());
    add(digest, contentType == null ? "" : contentType);
    return HexFormat.of().formatHex(digest.digest(request.body()));
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update(END);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
