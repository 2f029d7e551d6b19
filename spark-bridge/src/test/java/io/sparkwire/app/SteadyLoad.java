package io.sparkwire.app;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that ask an echo service without a pause, each for its own numbers, and keep what was not
 * answered as it should.
 */
final class SteadyLoad {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final URI address;
  private final List<Thread> clients = new ArrayList<>();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong answered = new AtomicLong();
  private final AtomicLong longestNanos = new AtomicLong();
  private volatile boolean stopping;

  /** Starts so many clients, each with a connection of its own. */
  SteadyLoad(String url, int connections) {
    address = URI.create(url);
    for (int i = 0; i < connections; i++) {
      Thread client = new Thread(this::askOnAndOn, "client-" + i);
      client.setDaemon(true);
      client.start();
      clients.add(client);
    }
  }

  private void askOnAndOn() {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    while (!stopping) {
      long number = numbers.getAndIncrement();
      long began = System.nanoTime();
      try {
        check(number, http.send(request(number), HttpResponse.BodyHandlers.ofString()));
      } catch (IOException e) {
        failures.add(number + " got " + e);
      } catch (InterruptedException e) {
        failures.add(number + " was interrupted");
        return;
      }
      longestNanos.accumulateAndGet(System.nanoTime() - began, Math::max);
    }
  }

  private HttpRequest request(long number) {
    return HttpRequest.newBuilder(address)
        .timeout(PATIENCE)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(body(number)))
        .build();
  }

  private static String body(long number) {
    return "{\"value\":" + number + "}";
  }

  private void check(long number, HttpResponse<String> reply) {
    if (reply.statusCode() == 200 && reply.body().equals(body(number))) {
      answered.incrementAndGet();
    } else {
      failures.add(number + " got " + reply.statusCode() + " " + reply.body());
    }
  }

  /** Waits until so many more have been answered. */
  void awaitMore(int requests) {
    long enough = answered.get() + requests;
    await().atMost(PATIENCE).until(() -> answered.get() >= enough || !failures.isEmpty());
  }

  long answered() {
    return answered.get();
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  Duration longest() {
    return Duration.ofNanos(longestNanos.get());
  }

  /** Lets every client have its last answer. */
  void stop() throws InterruptedException {
    stopping = true;
    for (Thread client : clients) {
      client.join(PATIENCE.toMillis());
    }
  }
}
