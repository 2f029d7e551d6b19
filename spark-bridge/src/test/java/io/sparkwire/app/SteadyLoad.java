package io.sparkwire.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Clients of an echo service at one address, which is to answer all they ask. */
final class SteadyLoad extends Clients {

  private final URI address;

  /** Starts so many clients, each with a connection of its own. */
  SteadyLoad(String url, int connections) {
    address = URI.create(url);
    begin(connections);
  }

  @Override
  void askOnAndOn() {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    while (!isStopping()) {
      long number = nextNumber();
      long began = System.nanoTime();
      try {
        check(number, http.send(request(number), HttpResponse.BodyHandlers.ofString()));
      } catch (IOException e) {
        note(false, number + " got " + e);
      } catch (InterruptedException e) {
        note(false, number + " was interrupted");
        return;
      }
      waited(began);
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
    boolean right = reply.statusCode() == 200 && reply.body().equals(body(number));
    note(right, number + " got " + reply.statusCode() + " " + reply.body());
  }
}
