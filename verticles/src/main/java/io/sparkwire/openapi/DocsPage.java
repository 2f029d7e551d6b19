package io.sparkwire.openapi;

import io.sparkwire.access.Access;
import io.sparkwire.endpoint.Endpoint;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.exchange.Responder;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServicePath;
import io.sparkwire.message.ServiceReply;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A file of the page on which people try services: a small page of ours, and Swagger UI as it is in
 * its WebJar. Nothing else of the class path has a path.
 *
 * <p>The page says which version of the files it wants, so browsers may keep them for ever.
 *
 * <p>Runs on: event loop, and reads the file on a worker thread. Immutable.
 *
 * @param resource its place on the class path
 * @param headers of the response
 */
record DocsPage(String resource, String contentType, List<Header> headers)
    implements EndpointHandler {

  private static final Set<String> GET = Set.of("GET");
  private static final String PLACE = "/docs";
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";

  private static final Header NO_SNIFFING = new Header("X-Content-Type-Options", "nosniff");

  /** Scripts of this listener only; Swagger UI has styles of its own, and images in them. */
  private static final List<Header> OF_PAGE =
      List.of(
          new Header("Cache-Control", "no-cache"),
          new Header(
              "Content-Security-Policy",
              "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                  + " frame-ancestors 'none'"),
          new Header("Referrer-Policy", "no-referrer"),
          NO_SNIFFING);

  private static final List<Header> OF_FILES =
      List.of(new Header("Cache-Control", "public, max-age=31536000, immutable"), NO_SNIFFING);

  private static final Map<String, String> OF_SWAGGER_UI =
      Map.of(
          "swagger-ui.css", "text/css; charset=utf-8",
          "swagger-ui-bundle.js", "text/javascript; charset=utf-8",
          "favicon-32x32.png", "image/png");

  /** The page, and the files to which it links. */
  static List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>();
    endpoints.add(endpoint(PLACE, new DocsPage("docs.html", "text/html; charset=utf-8", OF_PAGE)));
    endpoints.add(
        endpoint(
            PLACE + "/docs.js",
            new DocsPage("docs.js", "text/javascript; charset=utf-8", OF_PAGE)));
    String version = Bundled.swaggerUiVersion();
    OF_SWAGGER_UI.forEach(
        (file, contentType) -> {
          String name = version + '/' + file;
          endpoints.add(
              endpoint(PLACE + '/' + name, new DocsPage(WEBJAR + name, contentType, OF_FILES)));
        });
    return endpoints;
  }

  private static Endpoint endpoint(String path, DocsPage file) {
    return new Endpoint(new ServicePath(path), Access.KNOWN, GET, loop -> file);
  }

  @Override
  public void handle(
      HttpServerRequest request, Map<String, String> parameters, Responder responder) {
    Vertx.currentContext()
        .executeBlocking(this::reply, false)
        .otherwise(unread -> missing())
        .onSuccess(responder::send);
  }

  private ServiceReply reply() {
    return new ServiceReply(200, contentType, headers, Bundled.read(resource));
  }

  private static ServiceReply missing() {
    String detail = "the page cannot be read; Swagger UI must be on the class path";
    return ServiceFailure.of(FailureCode.UNAVAILABLE, detail).toReply();
  }
}
