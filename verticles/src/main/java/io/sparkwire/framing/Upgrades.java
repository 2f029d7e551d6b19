package io.sparkwire.framing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Base64;
import java.util.List;

/**
 * Requests for an upgrade to HTTP/2: RFC 7540, 3.2, for clients that still send them. Stateless.
 */
final class Upgrades {

  private static final String HTTP2 = "h2c";
  private static final String SETTINGS = "HTTP2-Settings";
  private static final int SETTING_BYTES = 6;

  private Upgrades() {}

  /** Whether Vert.x takes it for one. */
  static boolean isAsked(HttpRequest head) {
    return head.headers().contains(HttpHeaderNames.UPGRADE, HTTP2, true);
  }

  /** Whether it has all that such a request must have; otherwise Vert.x would refuse it. */
  static boolean isWhole(HttpRequest head) {
    HttpHeaders headers = head.headers();
    List<String> settings = headers.getAll(SETTINGS);
    List<String> options = HeaderLists.elements(headers, HttpHeaderNames.CONNECTION);
    return head.protocolVersion().equals(HttpVersion.HTTP_1_1)
        && headers.getAll(HttpHeaderNames.CONNECTION).size() == 1
        && HeaderLists.indexOf(options, "Upgrade") >= 0
        && HeaderLists.indexOf(options, SETTINGS) >= 0
        && settings.size() == 1
        && isSettings(settings.get(0));
  }

  private static boolean isSettings(String text) {
    try {
      return Base64.getUrlDecoder().decode(text).length % SETTING_BYTES == 0;
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }
}
