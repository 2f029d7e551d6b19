package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * A service that pipelines of other processes call for each row: it knows which rows were computed,
 * and keeps them in their pipeline until it lets them go.
 */
final class HeldCalls implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final List<String> computed = new CopyOnWriteArrayList<>();
  private volatile CountDownLatch gate = new CountDownLatch(1);

  HeldCalls() throws IOException {
    server.setExecutor(
        Executors.newCachedThreadPool(
            work -> {
              Thread thread = new Thread(work, "held-call");
              thread.setDaemon(true);
              return thread;
            }));
    server.createContext("/", this::call);
    server.start();
  }

  private void call(HttpExchange exchange) throws IOException {
    computed.add(exchange.getRequestURI().getPath().substring(1));
    CountDownLatch now = gate;
    try {
      now.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] body = "done".getBytes(UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /** A query that calls it for each value, once. */
  String sql() {
    return "SELECT value, http_call(http_request('POST', concat('http://127.0.0.1:"
        + server.getAddress().getPort()
        + "/', value))).statusLine.statusCode AS status FROM requests";
  }

  /** Waits until rows have been computed so often, in whatever process. */
  void awaitComputed(String... values) {
    await().atMost(TIMEOUT).until(() -> computed.equals(List.of(values)));
  }

  List<String> computed() {
    return List.copyOf(computed);
  }

  /** Holds the calls that come from now on. */
  void hold() {
    gate = new CountDownLatch(1);
  }

  /** Holds no call any more. */
  void release() {
    gate.countDown();
  }

  @Override
  public void close() {
    release();
    server.stop(0);
  }
}
