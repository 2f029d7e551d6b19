package io.sparkwire.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Clients of a service that takes {@code {"value":number}}, which is to answer all they ask. */
abstract class JsonClients extends Clients {

  private final URI address;

  JsonClients(String url) {
    address = URI.create(url);
  }

  /** Whether a reply to that number is as it should be. */
  abstract boolean isRight(long number, HttpResponse<String> reply);

  static String body(long number) {
    return "{\"value\":" + number + "}";
  }

  static HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  @Override
  final void askOnAndOn() {
    HttpClient http = client();
    while (!isStopping()) {
      long number = nextNumber();
      long began = System.nanoTime();
      try {
        HttpResponse<String> reply = ask(http, number);
        note(isRight(number, reply), number + " got " + reply.statusCode() + " " + reply.body());
        waited(began);
        pause();
      } catch (IOException e) {
        note(false, number + " got " + e);
      } catch (InterruptedException e) {
        note(false, number + " was interrupted");
        return;
      }
    }
  }

  final HttpResponse<String> ask(HttpClient http, long number)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body(number)))
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
