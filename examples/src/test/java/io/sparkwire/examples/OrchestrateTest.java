package io.sparkwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sparkwire.spark.ServingQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class OrchestrateTest {

  private static SparkSession spark;
  private static ExecutorService threads;
  private static HttpServer customers;
  private static HttpServer items;
  private static final CountDownLatch SLOW_MAY_GO = new CountDownLatch(1);

  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    threads = Executors.newCachedThreadPool();
    customers = server("amount");
    items = server("price");
    spark = LocalSpark.start();
  }

  @AfterAll
  static void stop() {
    customers.stop(0);
    items.stop(0);
    threads.shutdownNow();
    spark.stop();
  }

  /** Answers with 250; a body with "slow" waits until it may go, one with "broken" is no JSON. */
  private static HttpServer server(String field) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext(
        "/",
        exchange -> {
          String asked =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          if (asked.contains("slow")) {
            waitForIt();
          }
          String answer = asked.contains("broken") ? "<html>" : "{\"" + field + "\": 250}";
          exchange.sendResponseHeaders(200, answer.length());
          exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
          exchange.close();
        });
    server.start();
    return server;
  }

  private static void waitForIt() throws IOException {
    try {
      if (!SLOW_MAY_GO.await(20, TimeUnit.SECONDS)) {
        throw new IOException("it was not released");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private CompletableFuture<String> ask(ServingQuery query, String customer, String item) {
    String json = "{\"customer\":\"%s\",\"item\":\"%s\"}".formatted(customer, item);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(query.url()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return client
        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
        .thenApply(HttpResponse::body);
  }

  @Test
  void aSavedPipelineAsksBothServicesAndScores(@TempDir Path directory) throws Exception {
    String path = directory.resolve("model").toString();
    Orchestrate.pipeline(spark, url(customers), url(items), Orchestrate.scorer())
        .write()
        .save(path);
    try (ServingQuery query = Orchestrate.start(spark, 0, PipelineModel.load(path))) {
      assertThat(ask(query, "ada", "lamp").get())
          .isEqualTo("{\"score\":1.0,\"spent\":250.0,\"price\":250.0}");
      assertThat(ask(query, "ada", "broken").get())
          .startsWith("{\"spent\":250.0,\"problem\":\"the body is not valid JSON");
      aSlowRequestDelaysNoOther(query);
    }
  }

  private void aSlowRequestDelaysNoOther(ServingQuery query) throws Exception {
    CompletableFuture<String> slow = ask(query, "ada", "slow");
    List<CompletableFuture<String>> others = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      others.add(ask(query, "customer" + i, "lamp"));
    }
    for (CompletableFuture<String> other : others) {
      assertThat(other.get(60, TimeUnit.SECONDS)).startsWith("{\"score\":1.0");
    }
    assertThat(slow).isNotDone();
    SLOW_MAY_GO.countDown();
    assertThat(slow.get()).contains("\"spent\":250.0");
  }
}
