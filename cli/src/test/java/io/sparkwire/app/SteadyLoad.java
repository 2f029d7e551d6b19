package io.sparkwire.app;

import java.net.http.HttpResponse;

/** Clients of an echo service. */
final class SteadyLoad extends JsonClients {

  /** Starts so many clients, each with a connection of its own. */
  SteadyLoad(String url, int connections) {
    super(url);
    begin(connections);
  }

  @Override
  boolean isRight(long number, HttpResponse<String> reply) {
    return reply.statusCode() == 200 && reply.body().equals(body(number));
  }
}
