package io.sparkwire.load.client;

import io.sparkwire.load.server.BareServer;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A server in this JVM that answers as a test asks it to. */
public final class FakeServer implements AutoCloseable {
  private final Vertx vertx;
  private final int port;

  private FakeServer(Vertx vertx, int port) {
    this.vertx = vertx;
    this.port = port;
  }

  /** One whose answers are well-formed HTTP. */
  public static FakeServer http(BiConsumer<HttpServerRequest, Buffer> answer) {
    Vertx vertx = Vertx.vertx();
    return new FakeServer(
        vertx,
        await(
                vertx
                    .createHttpServer()
                    .requestHandler(
                        request -> request.bodyHandler(body -> answer.accept(request, body)))
                    .listen(0, "127.0.0.1"))
            .actualPort());
  }

  /** One that does to each connection what it wants. */
  static FakeServer raw(Handler<NetSocket> connection) {
    Vertx vertx = Vertx.vertx();
    return new FakeServer(
        vertx,
        await(vertx.createNetServer().connectHandler(connection).listen(0, "127.0.0.1"))
            .actualPort());
  }

  /** The limit server, in this JVM. */
  public static FakeServer bare() {
    Vertx vertx = Vertx.vertx();
    return new FakeServer(vertx, await(BareServer.start(vertx, 0)).actualPort());
  }

  public static void echo(HttpServerRequest request, Buffer body) {
    request.response().end(body);
  }

  public URI url(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  Target target(Workload workload) {
    return new Target(url("/echo"), workload);
  }

  @Override
  public void close() {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
