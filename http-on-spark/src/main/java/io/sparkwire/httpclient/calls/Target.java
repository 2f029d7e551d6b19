package io.sparkwire.httpclient.calls;

import io.sparkwire.tracing.CallTrace;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of a request. Immutable.
 *
 * @param uri the request target: path and query
 */
record Target(String host, int port, boolean tls, String uri) {

  /**
   * Reads an absolute URL.
   *
   * @throws IllegalArgumentException if it is none of http or https; the message says so
   */
  static Target of(String url) {
    return of(parsed(url), url);
  }

  private static URI parsed(String url) {
    try {
      return new URI(url);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "the URL '" + url + "' cannot be read: " + e.getReason(), e);
    }
  }

  private static Target of(URI url, String text) {
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    boolean tls = scheme.equals("https");
    if (url.getHost() == null || !(tls || scheme.equals("http"))) {
      throw new IllegalArgumentException(
          "the URL '" + text + "' must begin with http:// or https:// and a host");
    }
    int port = url.getPort() >= 0 ? url.getPort() : tls ? 443 : 80;
    String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return new Target(url.getHost().replaceAll("^\\[|]$", ""), port, tls, path + query);
  }

  /**
   * A request that is about to be sent there.
   *
   * @param before how often it was sent before
   */
  CallTrace.Sent sent(String method, int before) {
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    String url = (tls ? "https://" : "http://") + host + ":" + port + path;
    return new CallTrace.Sent(method, url, host, port, before);
  }

  boolean isSameOrigin(Target other) {
    return host.equals(other.host) && port == other.port && tls == other.tls;
  }

  /**
   * Where an answer to this target sends on to; empty if that cannot be followed. Never from TLS to
   * plain text.
   */
  Optional<Target> redirected(String location) {
    try {
      URI base = new URI(tls ? "https" : "http", null, host, port, null, null, null);
      URI there = base.resolve(uri).resolve(location);
      Target next = of(there, location);
      return tls && !next.tls ? Optional.empty() : Optional.of(next);
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
