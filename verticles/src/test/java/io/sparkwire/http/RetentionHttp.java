package io.sparkwire.http;

import java.io.IOException;

/** A client that asks with an idempotency key, or asynchronously, each time anew. */
record RetentionHttp(int port) {

  /** Sends a POST with these further lines of its head, and gives the response. */
  RawHttp.Response post(String path, String body, String... fields) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return begin(http, path, body, fields).receive();
    }
  }

  /** Sends the same and does not wait. */
  static RawHttp begin(RawHttp http, String path, String body, String... fields)
      throws IOException {
    StringBuilder head = new StringBuilder("POST " + path + " HTTP/1.1\r\nHost: test\r\n");
    for (String field : fields) {
      head.append(field).append("\r\n");
    }
    return http.send(head + "Content-Length: " + body.length() + "\r\n\r\n" + body);
  }

  RawHttp.Response get(String path) throws IOException {
    return without("GET", path);
  }

  RawHttp.Response delete(String path) throws IOException {
    return without("DELETE", path);
  }

  RawHttp.Response without(String method, String path) throws IOException {
    try (RawHttp http = new RawHttp(port)) {
      return http.send(method + " " + path + " HTTP/1.1\r\nHost: test\r\n\r\n").receive();
    }
  }
}
