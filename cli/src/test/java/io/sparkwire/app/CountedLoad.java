package io.sparkwire.app;

import io.sparkwire.message.FailureCode;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;

/** Clients of a {@link CountingService}, whose requests are to count once each. */
final class CountedLoad extends JsonClients {

  /** Starts so many clients, each with a connection of its own. */
  CountedLoad(String url, int connections) {
    super(url);
    begin(connections);
  }

  /** A reply may be lost, as long as the client gets an error: the request has counted. */
  @Override
  boolean isRight(long number, HttpResponse<String> reply) {
    if (reply.statusCode() == FailureCode.REPLY_LOST.status()) {
      return reply.body().contains(FailureCode.REPLY_LOST.type());
    }
    return reply.statusCode() == 200
        && new JsonObject(reply.body()).getLong("kind") == number % CountingService.KINDS;
  }

  /**
   * Asks once more for each kind.
   *
   * @return how many requests have been counted, these with the others
   */
  long counted() throws IOException, InterruptedException {
    HttpClient http = client();
    long counted = 0;
    for (int kind = 0; kind < CountingService.KINDS; kind++) {
      long number = nextNumber();
      counted += new JsonObject(ask(http, number).body()).getLong("n");
    }
    return counted;
  }
}
