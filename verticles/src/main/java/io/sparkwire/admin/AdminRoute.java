package io.sparkwire.admin;

import io.sparkwire.access.Access;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

/**
 * One path of the admin server with one of its methods. Immutable.
 *
 * @param path as it is in requests; one that ends with {@code /*} takes all below it
 * @param method {@code GET} takes requests with {@code HEAD}, too
 * @param access what it asks of clients, on a node that knows its clients
 * @param handler sends the response. Runs on: event loop
 */
public record AdminRoute(
    String path, HttpMethod method, Access access, Handler<HttpServerRequest> handler) {

  /** One that is read. */
  public static AdminRoute get(String path, Access access, Handler<HttpServerRequest> handler) {
    return new AdminRoute(path, HttpMethod.GET, access, handler);
  }

  @Override
  public String toString() {
    return method + " " + path;
  }
}
