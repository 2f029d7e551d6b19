package io.sparkwire.framing;

import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.NetUtil;
import io.vertx.core.net.HostAndPort;
import java.util.Locale;

/** What a request asks for, and of which host: RFC 9112, 3.2. Stateless. */
final class RequestTarget {

  private static final int DELETE = 0x7f;
  private static final int LAST_PORT = 65_535;
  private static final String HTTP = "http://";
  private static final String HTTPS = "https://";

  private RequestTarget() {}

  /**
   * Checks a target of HTTP/1.
   *
   * @throws MalformedRequestException if no request of that method can have it
   */
  static void check(String method, String target) {
    if (method.equals(HttpMethod.CONNECT.name())) {
      require(isAuthority(target), "the target of CONNECT must be a host and a port");
    } else if (target.startsWith("/")) {
      checkPath(target, 0);
    } else if (target.equals("*")) {
      require(method.equals(HttpMethod.OPTIONS.name()), "only OPTIONS may have the target '*'");
    } else {
      checkAbsolute(target);
    }
  }

  /** The same for the path of HTTP/2, which is never an absolute URI. */
  static void checkPath(String method, String path) {
    if (!path.equals("*") || !method.equals(HttpMethod.OPTIONS.name())) {
      require(path.startsWith("/"), "the path must begin with '/'");
      checkPath(path, 0);
    }
  }

  private static void checkAbsolute(String target) {
    String lower = target.substring(0, Math.min(target.length(), HTTPS.length()));
    lower = lower.toLowerCase(Locale.ROOT);
    int host = lower.startsWith(HTTP) ? HTTP.length() : HTTPS.length();
    require(
        lower.startsWith(HTTP) || lower.startsWith(HTTPS),
        "the target must be a path or an http URI");
    int end = host;
    while (end < target.length() && "/?".indexOf(target.charAt(end)) < 0) {
      end++;
    }
    require(isAuthority(target.substring(host, end)), "the target's host is not valid");
    checkPath(target, end);
  }

  /** No blank, no control character, and no {@code %} in the path without two digits. */
  private static void checkPath(String target, int from) {
    boolean inPath = true;
    for (int i = from; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == '?') {
        inPath = false;
      } else if (c == '%') {
        require(!inPath || isEscape(target, i), "the path has a '%' without two hex digits");
      } else if (c <= ' ' || c == DELETE || c == '\\') {
        throw MalformedRequestException.malformed(
            "the target has a character that must be escaped: 0x" + Integer.toHexString(c));
      }
    }
  }

  private static boolean isEscape(String target, int at) {
    return at + 2 < target.length()
        && Character.digit(target.charAt(at + 1), 16) >= 0
        && Character.digit(target.charAt(at + 2), 16) >= 0;
  }

  /** Whether it is a host, with or without a port. Nearly all are letters, digits and dots. */
  static boolean isAuthority(String text) {
    int colon = text.indexOf(':');
    int end = colon < 0 ? text.length() : colon;
    for (int i = 0; i < end; i++) {
      if (!isPlain(text.charAt(i))) {
        return isUnusualAuthority(text);
      }
    }
    return end > 0 && (colon < 0 || isPort(text, colon + 1));
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
  }

  private static boolean isPort(String text, int from) {
    int port = 0;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? 10 * port + c - '0' : LAST_PORT + 1;
      if (port > LAST_PORT) {
        return false;
      }
    }
    return true;
  }

  private static boolean isUnusualAuthority(String text) {
    return isAuthority(HostAndPort.parseAuthority(text, -1));
  }

  /** Whether Vert.x has read a host; of one in brackets it does not read all. */
  static boolean isAuthority(HostAndPort parsed) {
    String host = parsed == null ? "" : parsed.host();
    return host.startsWith("[") ? isAddress(host) : !host.isEmpty();
  }

  /** RFC 3986, 3.2.2, which has no zones. */
  private static boolean isAddress(String host) {
    return host.endsWith("]")
        && host.indexOf('%') < 0
        && NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw MalformedRequestException.malformed(otherwise);
    }
  }
}
