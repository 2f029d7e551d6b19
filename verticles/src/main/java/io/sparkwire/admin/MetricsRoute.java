package io.sparkwire.admin;

import io.sparkwire.access.Access;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.metrics.NodeMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** The metrics of a node, for Prometheus. Runs on: event loop; a worker thread makes the page. */
public final class MetricsRoute {

  private final NodeMetrics metrics;

  private MetricsRoute(NodeMetrics metrics) {
    this.metrics = metrics;
  }

  /** {@code /metrics}, for clients with the scope {@code admin}. */
  public static AdminRoute of(NodeMetrics metrics) {
    return AdminRoute.get("/metrics", Access.ADMIN, new MetricsRoute(metrics)::send);
  }

  private void send(HttpServerRequest asked) {
    String accept = asked.headers().get(HttpHeaders.ACCEPT);
    Vertx.currentContext()
        .executeBlocking(() -> metrics.page(accept), false)
        .onSuccess(page -> send(asked, page))
        .onFailure(
            e ->
                StrictHttp.answer(
                    asked,
                    ServiceFailure.of(
                        FailureCode.UNAVAILABLE, "the metrics cannot be read: " + e)));
  }

  private static void send(HttpServerRequest asked, NodeMetrics.Page page) {
    if (!asked.response().closed()) {
      asked
          .response()
          .putHeader(HttpHeaders.CONTENT_TYPE, page.contentType())
          .putHeader("Cache-Control", "no-store")
          .putHeader("X-Content-Type-Options", "nosniff");
      StrictHttp.end(asked, Buffer.buffer(page.body()));
    }
  }
}
