package io.sparkwire.app;

import io.sparkwire.http.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Clients that send one large body after the other, each with an idempotency key that no other has,
 * and expect it back.
 */
final class LargeBodies extends Clients {

  private final URI address;
  private final String padding;

  /**
   * @param bytes of a body, about
   */
  LargeBodies(String url, int connections, int bytes) {
    address = URI.create(url);
    padding = "x".repeat(bytes);
    begin(connections);
  }

  @Override
  void askOnAndOn() {
    while (!isStopping()) {
      try (RawHttp http = new RawHttp(address.getPort())) {
        while (!isStopping()) {
          ask(http, nextNumber());
        }
      } catch (IOException e) {
        note(false, "a connection broke: " + e);
        return;
      }
    }
  }

  private void ask(RawHttp http, long number) throws IOException {
    String body = "{\"value\":" + number + ",\"padding\":\"" + padding + "\"}";
    List<String> head =
        List.of(
            "POST " + address.getPath() + " HTTP/1.1",
            "Host: test",
            "Content-Type: application/json",
            "Idempotency-Key: \"" + number + "\"",
            "Content-Length: " + body.length(),
            "",
            "");
    long began = System.nanoTime();
    http.send(String.join("\r\n", head)).send(body.getBytes(StandardCharsets.US_ASCII));
    RawHttp.Response reply = http.receive();
    waited(began);
    note(reply.status() == 200 && reply.body().equals(body), number + " got " + reply.status());
  }
}
