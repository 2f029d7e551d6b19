package io.sparkwire.httpclient.calls;

import io.sparkwire.message.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * One request to a web service, as the caller wants it.
 *
 * <p>Immutable, as long as no code writes into its body.
 *
 * @param method for example {@code POST}
 * @param url absolute, {@code http} or {@code https}
 * @param body null if there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a body is never compared
public record HttpCall(String method, String url, List<Header> headers, byte[] body) {

  public HttpCall {
    headers = List.copyOf(headers);
  }

  /** A GET without headers. */
  public static HttpCall get(String url) {
    return new HttpCall("GET", url, List.of(), null);
  }

  /** A POST of a text in UTF-8. */
  public static HttpCall post(String url, String contentType, String body) {
    return new HttpCall("POST", url, List.of(), body.getBytes(StandardCharsets.UTF_8))
        .withHeader("Content-Type", contentType);
  }

  /** The same with one more header. */
  public HttpCall withHeader(String name, String value) {
    List<Header> more =
        Stream.concat(headers.stream(), Stream.of(new Header(name, value))).toList();
    return new HttpCall(method, url, more, body);
  }

  /** Whether it goes to the same place in the same way, so that bodies may travel together. */
  boolean goesWith(HttpCall other) {
    return method.equals(other.method) && url.equals(other.url) && headers.equals(other.headers);
  }
}
