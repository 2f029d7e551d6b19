package io.sparkwire.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** The JDK's client of one port, in one version of HTTP. It decodes nothing by itself. */
record ClientCalls(int port, HttpClient.Version version) {

  /** Sends a request with these fields, names and values in turn. */
  HttpResponse<byte[]> send(String method, String path, byte[] body, String... fields)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.ofByteArray(body));
    if (fields.length > 0) {
      request.headers(fields);
    }
    return HttpClient.newBuilder()
        .version(version)
        .build()
        .send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(String path, byte[] body, String... fields)
      throws IOException, InterruptedException {
    return send("POST", path, body, fields);
  }
}
