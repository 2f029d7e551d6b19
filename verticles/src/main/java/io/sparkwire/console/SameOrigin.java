package io.sparkwire.console;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Objects;

/**
 * Tells requests of the console's own page from those that another page makes a browser send, with
 * the credentials that the browser knows. Stateless.
 *
 * <p>A page of another origin cannot send the header field without asking first, which is never
 * allowed. Browsers say in {@code Origin} and {@code Sec-Fetch-Site} where a request is from; both
 * are looked at, too, if they are there.
 */
final class SameOrigin {

  static final String FIELD = "Sparkwire-Console";

  private SameOrigin() {}

  static boolean is(HttpServerRequest request) {
    String origin = request.getHeader("Origin");
    String site = request.getHeader("Sec-Fetch-Site");
    return Objects.equals(request.getHeader(FIELD), "try")
        && (site == null || site.equals("same-origin"))
        && (origin == null || isOwn(origin, request));
  }

  private static boolean isOwn(String origin, HttpServerRequest request) {
    String own = request.scheme() + "://" + request.authority();
    return origin.toLowerCase(Locale.ROOT).equals(own.toLowerCase(Locale.ROOT));
  }
}
