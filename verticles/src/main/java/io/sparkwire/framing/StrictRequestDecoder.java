package io.sparkwire.framing;

import static io.sparkwire.framing.MalformedRequestException.malformed;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.FieldRules;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The decoder of HTTP/1 requests, which also refuses what Netty's takes although RFC 9112 does not.
 *
 * <p>After a fault it reads nothing more of the connection. Runs on: event loop. Not thread-safe.
 */
final class StrictRequestDecoder extends VertxHttpRequestDecoder {

  // Netty calls, in this order: createMessage with the request line; splitHeaderName with each
  // field name; isContentAlwaysEmpty when the head is whole; splitHeaderName with the names of a
  // trailer. What one of them throws marks the message. Names are counted where they are read,
  // because Netty keeps only the first of several Content-Lengths of HTTP/1.0.

  private static final Pattern VERSION = Pattern.compile("HTTP/[0-9]\\.[0-9]");
  private static final String CHUNKED = "chunked";
  private static final AsciiString WEB_SOCKET_KEY = AsciiString.cached("sec-websocket-key1");

  private boolean inHead;
  private int hosts;
  private int contentLengths;
  private boolean hasTransferEncoding;
  private boolean hasWebSocketKey;

  StrictRequestDecoder(HttpServerOptions options) {
    super(options);
  }

  @Override
  protected HttpMessage createMessage(String[] line) {
    inHead = true;
    hosts = 0;
    contentLengths = 0;
    hasTransferEncoding = false;
    hasWebSocketKey = false;
    checkVersion(line[2]);
    if (!FieldRules.isToken(line[0])) {
      throw malformed("the method is not valid");
    }
    RequestTarget.check(line[0], line[1]);
    return super.createMessage(line);
  }

  private static void checkVersion(String version) {
    if (version.equals(HttpVersion.HTTP_1_1.text())
        || version.equals(HttpVersion.HTTP_1_0.text())) {
      return;
    }
    if (VERSION.matcher(version).matches()) {
      throw new MalformedRequestException(
          FailureCode.VERSION_NOT_SUPPORTED,
          "HTTP/1.0, HTTP/1.1 and HTTP/2 are served, got " + version);
    }
    throw malformed("the request line must end with HTTP/1.1");
  }

  /** The placeholder of a request whose first line cannot be read. */
  @Override
  protected HttpMessage createInvalidMessage() {
    return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
  }

  @Override
  protected AsciiString splitHeaderName(byte[] line, int start, int length) {
    if (length == 0) {
      throw malformed("a header field has no name");
    }
    AsciiString known = super.splitHeaderName(line, start, length);
    AsciiString name =
        isAt(line, start, known) ? known : new AsciiString(line, start, length, true);
    if (inHead) {
      count(name, length);
    }
    return name;
  }

  /** Vert.x takes {@code Content-Xength} for Content-Length: it does not compare every byte. */
  private static boolean isAt(byte[] line, int start, AsciiString name) {
    for (int i = 0; i < name.length(); i++) {
      if (line[start + i] != name.byteAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void count(AsciiString name, int length) {
    if (length == HttpHeaderNames.HOST.length()) {
      hosts += name.contentEqualsIgnoreCase(HttpHeaderNames.HOST) ? 1 : 0;
    } else if (length == HttpHeaderNames.CONTENT_LENGTH.length()) {
      contentLengths += name.contentEqualsIgnoreCase(HttpHeaderNames.CONTENT_LENGTH) ? 1 : 0;
    } else if (length == HttpHeaderNames.TRANSFER_ENCODING.length()) {
      hasTransferEncoding |= name.contentEqualsIgnoreCase(HttpHeaderNames.TRANSFER_ENCODING);
    } else if (length == WEB_SOCKET_KEY.length()) {
      hasWebSocketKey |= name.contentEqualsIgnoreCase(WEB_SOCKET_KEY);
    }
  }

  @Override
  protected boolean isContentAlwaysEmpty(HttpMessage head) {
    inHead = false;
    checkHost((HttpRequest) head);
    if (contentLengths > 1) {
      throw malformed("a request may have one Content-Length");
    }
    if (hasTransferEncoding) {
      checkTransferEncoding(head, contentLengths > 0);
    }
    if (hasWebSocketKey
        && contentLengths == 0
        && isGet(head)) { // for which Netty takes eight bytes
      throw malformed("this draft of WebSocket is not served");
    }
    return super.isContentAlwaysEmpty(head);
  }

  private static boolean isGet(HttpMessage head) {
    return ((HttpRequest) head).method().equals(HttpMethod.GET);
  }

  private void checkHost(HttpRequest head) {
    if (hosts > 1) {
      throw malformed("a request may have one Host");
    }
    if (hosts == 0 && head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw malformed("a request of HTTP/1.1 must have a Host");
    }
    if (hosts == 1 && !RequestTarget.isAuthority(head.headers().get(HttpHeaderNames.HOST))) {
      throw malformed("the Host must be a host name or an IP address, with or without a port");
    }
  }

  private static void checkTransferEncoding(HttpMessage head, boolean hasContentLength) {
    if (hasContentLength) {
      throw malformed("a request may have a Content-Length or a Transfer-Encoding, not both");
    }
    if (!head.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
      throw malformed("HTTP/1.0 has no Transfer-Encoding");
    }
    if (isFolded(head, HttpHeaderNames.TRANSFER_ENCODING)) {
      throw malformed("a Transfer-Encoding may not go on in another line");
    }
    List<String> codings = HeaderLists.elements(head.headers(), HttpHeaderNames.TRANSFER_ENCODING);
    int chunked = HeaderLists.indexOf(codings, CHUNKED);
    if (chunked < 0 || chunked < codings.size() - 1) {
      throw malformed("the last Transfer-Encoding of a request must be chunked, and no other");
    }
    if (codings.size() > 1) {
      throw new MalformedRequestException(
          FailureCode.TRANSFER_CODING_NOT_SUPPORTED,
          "the only Transfer-Encoding that is served is chunked");
    }
  }

  /**
   * Netty joins lines by a blank, and takes control characters at the ends of a line for blanks.
   */
  private static boolean isFolded(HttpMessage head, AsciiString name) {
    return head.headers().getAll(name).stream().anyMatch(FieldRules::hasOuterBlanks);
  }
}
