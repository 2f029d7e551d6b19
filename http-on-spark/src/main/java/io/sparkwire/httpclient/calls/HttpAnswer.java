package io.sparkwire.httpclient.calls;

import io.sparkwire.message.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The answer of a service, or as much of it as was received.
 *
 * <p>Immutable, as long as no code writes into its body.
 */
@SuppressWarnings("ArrayRecordComponent") // a body is never compared
public record HttpAnswer(
    String protocol, int status, String reason, List<Header> headers, byte[] body) {

  private static final int START_OF_BODY = 1_000;

  public boolean isSuccess() {
    return status >= 200 && status < 300;
  }

  /** The first header of that name, or null. */
  public String header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(Header::value)
        .findFirst()
        .orElse(null);
  }

  HttpAnswer withBody(byte[] other) {
    return new HttpAnswer(protocol, status, reason, headers, other);
  }

  /** The first {@value #START_OF_BODY} bytes of the body as text. */
  public String startOfBody() {
    int length = Math.min(body.length, START_OF_BODY);
    return new String(body, 0, length, StandardCharsets.UTF_8);
  }
}
