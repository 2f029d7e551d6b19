package io.sparkwire.spark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/** A client of one service. Thread-safe. */
public final class TestClient {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;

  public TestClient(ServingQuery query) {
    this(query.url());
  }

  public TestClient(String url) {
    this.url = url;
  }

  public HttpResponse<String> post(String json) throws IOException, InterruptedException {
    return post("", "application/json", json);
  }

  public HttpResponse<String> post(
      String suffix, String contentType, String body, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + suffix))
            .timeout(TIMEOUT)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /**
   * Posts {@code count} bodies from {@code clients} threads at once; the replies, in the order of
   * the bodies.
   */
  public List<HttpResponse<String>> postAll(int count, int clients, IntFunction<String> body)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(clients);
    try {
      List<Callable<HttpResponse<String>>> posts = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int n = i;
        posts.add(() -> post(body.apply(n)));
      }
      List<HttpResponse<String>> replies = new ArrayList<>();
      for (Future<HttpResponse<String>> reply : threads.invokeAll(posts)) {
        replies.add(reply.get());
      }
      return replies;
    } finally {
      threads.shutdownNow();
    }
  }
}
