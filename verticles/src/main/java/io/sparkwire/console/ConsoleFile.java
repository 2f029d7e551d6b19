package io.sparkwire.console;

import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * A file of the page: one of ours, or of uPlot's as it is in its WebJar. Browsers may load nothing
 * from elsewhere, and run no script that is not such a file.
 *
 * <p>Runs on: event loop, and reads the file on a worker thread. Immutable.
 *
 * @param resource its place on the class path, from this package if it begins without a slash
 */
record ConsoleFile(String resource, String contentType) {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  void send(HttpServerRequest request) {
    Vertx.currentContext()
        .executeBlocking(this::read, false)
        .onSuccess(content -> send(request, content))
        .onFailure(missing -> StrictHttp.answer(request, unreadable()));
  }

  private Buffer read() {
    try (InputStream in = ConsoleFile.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is not on the class path");
      }
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource + " of this jar", e);
    }
  }

  private void send(HttpServerRequest request, Buffer content) {
    request
        .response()
        .putHeader("Content-Type", contentType)
        .putHeader("Cache-Control", "no-cache")
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("X-Content-Type-Options", "nosniff");
    StrictHttp.end(request, content);
  }

  private static ServiceFailure unreadable() {
    return ServiceFailure.of(
        FailureCode.UNAVAILABLE, "the page cannot be read; uPlot must be on the class path");
  }
}
