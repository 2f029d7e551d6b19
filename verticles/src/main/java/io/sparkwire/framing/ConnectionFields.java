package io.sparkwire.framing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/**
 * Reduces a list in Connection that asks to close, or to keep open in HTTP/1.0, to the one word
 * that Vert.x recognises. Stateless.
 */
final class ConnectionFields {

  private ConnectionFields() {}

  static void settle(HttpRequest head) {
    HttpHeaders headers = head.headers();
    String first = headers.get(HttpHeaderNames.CONNECTION);
    if (first == null
        || (isOneWord(first) && headers.getAll(HttpHeaderNames.CONNECTION).size() == 1)) {
      return;
    }
    List<String> options = HeaderLists.elements(headers, HttpHeaderNames.CONNECTION);
    if (HeaderLists.indexOf(options, HttpHeaderValues.CLOSE.toString()) >= 0) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    } else if (head.protocolVersion().equals(HttpVersion.HTTP_1_0)
        && HeaderLists.indexOf(options, HttpHeaderValues.KEEP_ALIVE.toString()) >= 0) {
      headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
    }
  }

  private static boolean isOneWord(String value) {
    return value.indexOf(',') < 0;
  }
}
