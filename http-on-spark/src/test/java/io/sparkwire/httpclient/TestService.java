package io.sparkwire.httpclient;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SelfSignedCertificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** A web service on a free port of this machine that behaves as a test wants. Thread-safe. */
public final class TestService implements AutoCloseable {

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicInteger mostInFlight = new AtomicInteger();
  private String url;

  private TestService() {}

  public static TestService http(Handler<HttpServerRequest> handler) {
    TestService service = new TestService();
    service.listen(new HttpServerOptions(), handler);
    return service;
  }

  /** Takes requests once their bodies are there. */
  public static TestService bodies(BiConsumer<HttpServerRequest, Buffer> handler) {
    return http(request -> request.body().onSuccess(body -> handler.accept(request, body)));
  }

  /** Speaks HTTP, with gzip for clients that accept it. */
  static TestService gzip(Handler<HttpServerRequest> handler) {
    TestService service = new TestService();
    service.listen(new HttpServerOptions().setCompressionSupported(true), handler);
    return service;
  }

  static TestService tls(SelfSignedCertificate certificate, Handler<HttpServerRequest> handler) {
    return tls(new HttpServerOptions().setKeyCertOptions(certificate.keyCertOptions()), handler);
  }

  /** Speaks TLS as the options say. */
  static TestService tls(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    TestService service = new TestService();
    service.listen(options.setSsl(true), handler);
    return service;
  }

  /** Answers after a while. */
  public static TestService slow(long millis, Handler<HttpServerRequest> handler) {
    TestService service = new TestService();
    service.listen(
        new HttpServerOptions(),
        request -> {
          request.pause();
          service.vertx.setTimer(
              millis,
              id -> {
                handler.handle(request);
                request.resume();
              });
        });
    return service;
  }

  /** Answers nothing until so many requests are in flight, and from then on everything at once. */
  static TestService together(int count, Handler<HttpServerRequest> handler) {
    TestService service = new TestService();
    List<Runnable> waiting = new ArrayList<>(); // of the one event loop
    service.listen(
        new HttpServerOptions(),
        request -> {
          request.pause();
          waiting.add(
              () -> {
                handler.handle(request);
                request.resume();
              });
          if (service.mostInFlight() >= count) {
            waiting.forEach(Runnable::run);
            waiting.clear();
          }
        });
    return service;
  }

  /** Speaks TCP as it likes, from the first bytes of a request on. */
  public static TestService raw(Handler<NetSocket> handler) {
    TestService service = new TestService();
    int port =
        await(
                service
                    .vertx
                    .createNetServer()
                    .connectHandler(
                        socket ->
                            socket.handler(
                                bytes -> {
                                  service.requests.incrementAndGet();
                                  handler.handle(socket);
                                }))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    service.url = "http://127.0.0.1:" + port + "/";
    return service;
  }

  private void listen(HttpServerOptions options, Handler<HttpServerRequest> handler) {
    int port =
        await(
                vertx
                    .createHttpServer(options)
                    .requestHandler(request -> handle(request, handler))
                    .listen(0, "127.0.0.1"))
            .actualPort();
    url = options.isSsl() ? "https://localhost:" + port + "/" : "http://127.0.0.1:" + port + "/";
  }

  private void handle(HttpServerRequest request, Handler<HttpServerRequest> handler) {
    requests.incrementAndGet();
    mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
    request.response().endHandler(end -> inFlight.decrementAndGet());
    handler.handle(request);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  Vertx vertx() {
    return vertx;
  }

  public String url() {
    return url;
  }

  public String url(String path) {
    return url + path;
  }

  /** How many requests it got. */
  public int requests() {
    return requests.get();
  }

  /** How many were unanswered at once, at most. */
  public int mostInFlight() {
    return mostInFlight.get();
  }

  @Override
  public void close() {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
