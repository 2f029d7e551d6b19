package io.sparkwire.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Set;

/**
 * Requests of web pages that are not the listener's own, by the Fetch standard (CORS): those of
 * some origins are let through, those of others get a 403. Stateless.
 */
final class CrossOrigin {

  private static final int MAX_AGE_SECONDS = 600;

  private final CorsHandler handler;

  private CrossOrigin(CorsHandler handler) {
    this.handler = handler;
  }

  /** For pages of these origins; null if there are none, and then nothing is said of origins. */
  static CrossOrigin of(List<String> origins) {
    return origins.isEmpty()
        ? null
        : new CrossOrigin(
            CorsHandler.create()
                .addOrigins(origins)
                .allowedMethods(
                    Set.of(
                        HttpMethod.GET,
                        HttpMethod.HEAD,
                        HttpMethod.POST,
                        HttpMethod.PUT,
                        HttpMethod.PATCH,
                        HttpMethod.DELETE))
                .exposedHeaders(
                    Set.of(
                        "Location",
                        "Retry-After",
                        "Server-Timing",
                        "X-Request-Id",
                        "Inference-Header-Content-Length",
                        "RateLimit-Limit",
                        "RateLimit-Remaining",
                        "RateLimit-Reset"))
                .maxAgeSeconds(MAX_AGE_SECONDS));
  }

  /** Whether a request comes from a page of another origin. */
  static boolean isSaidOf(HttpServerRequest request) {
    String origin = request.headers().get(HttpHeaders.ORIGIN);
    return origin != null
        && !origin.equalsIgnoreCase(request.scheme() + "://" + request.headers().get("Host"));
  }

  /** Runs before all routes. */
  Handler<RoutingContext> handler() {
    return routing -> {
      if (isSaidOf(routing.request())) {
        handler.handle(routing);
      } else {
        routing.next();
      }
    };
  }
}
