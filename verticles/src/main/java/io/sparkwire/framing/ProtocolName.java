package io.sparkwire.framing;

import io.vertx.core.http.HttpVersion;

/** The names of versions of HTTP, as request lines have them. Stateless. */
public final class ProtocolName {

  private ProtocolName() {}

  /** Such as {@code HTTP/1.1}; {@code HTTP/2} has no minor version. */
  public static String of(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2 -> "HTTP/2";
    };
  }
}
