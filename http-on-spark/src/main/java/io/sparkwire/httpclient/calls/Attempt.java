package io.sparkwire.httpclient.calls;

import io.sparkwire.message.Header;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.util.List;

/**
 * One HTTP exchange: from asking for a connection to the last byte of the answer.
 *
 * <p>Its future always succeeds; a failure is part of the outcome. Runs on: one event loop. Not
 * thread-safe.
 */
final class Attempt {

  private final HttpClient client;
  private final Promise<CallOutcome> promise = Promise.promise();
  private final int maxBody;
  private HttpClientRequest request;
  private HttpAnswer head;
  private Buffer body = Buffer.buffer();

  Attempt(HttpClient client, int maxBody) {
    this.client = client;
    this.maxBody = maxBody;
  }

  /**
   * Sends the request.
   *
   * @param body null if there is none
   * @param millis after which it is given up
   */
  Future<CallOutcome> send(Vertx vertx, RequestOptions where, byte[] body, long millis) {
    long timer = vertx.setTimer(millis, id -> fail(new CallTimeoutException(millis)));
    try {
      client.request(where).onComplete(opened -> send(opened, body), this::fail);
    } catch (RuntimeException e) { // where it refuses to send anything
      fail(e);
    }
    return promise.future().onComplete(end -> vertx.cancelTimer(timer));
  }

  private void send(HttpClientRequest opened, byte[] content) {
    request = opened;
    if (promise.future().isComplete()) {
      request.reset();
      return;
    }
    try {
      Future<HttpClientResponse> response =
          content == null ? request.send() : request.send(Buffer.buffer(content));
      response.onComplete(this::answered, this::fail);
    } catch (RuntimeException e) { // what it refuses to send at all
      fail(e);
    }
  }

  private void answered(HttpClientResponse response) {
    head =
        new HttpAnswer(
            response.version().alpnName().replace("http/", "HTTP/"),
            response.statusCode(),
            response.statusMessage(),
            headers(response.headers()),
            new byte[0]);
    response.exceptionHandler(this::fail);
    response.handler(this::received);
    response.endHandler(
        end -> promise.tryComplete(new CallOutcome(head.withBody(body.getBytes()), 1, null)));
  }

  private static List<Header> headers(MultiMap fields) {
    return fields.entries().stream().map(e -> new Header(e.getKey(), e.getValue())).toList();
  }

  private void received(Buffer chunk) {
    int room = maxBody - body.length();
    body.appendBuffer(chunk, 0, Math.min(room, chunk.length()));
    if (chunk.length() > room) {
      fail(new BodyTooLargeException(maxBody));
    }
  }

  /** Gives it up; what was received until now is in the outcome. */
  void fail(Throwable reason) {
    HttpAnswer partial = head == null ? null : head.withBody(body.getBytes());
    if (promise.tryComplete(new CallOutcome(partial, 1, Failures.plain(reason)))
        && request != null) {
      request.reset();
    }
  }
}
