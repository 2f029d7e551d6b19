package io.sparkwire.node;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;

/**
 * The client by which one JVM calls other services, made when first asked for.
 *
 * <p>All callers share its connections, and limit their own calls in flight. Thread-safe.
 */
final class SharedHttpClient {

  private static final int MAX_CONNECTIONS_PER_SERVICE = 4096;
  private static final int IDLE_CONNECTION_SECONDS = 15;

  private final Vertx vertx;
  private HttpClient client;

  SharedHttpClient(Vertx vertx) {
    this.vertx = vertx;
  }

  synchronized HttpClient get() {
    if (client == null) {
      HttpClientOptions options =
          new HttpClientOptions()
              .setDecompressionSupported(true)
              .setKeepAliveTimeout(IDLE_CONNECTION_SECONDS);
      client =
          vertx.createHttpClient(
              options, new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS_PER_SERVICE));
    }
    return client;
  }
}
