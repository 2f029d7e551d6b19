package io.sparkwire.load.client;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Answers that a client must find fault with. */
public final class BadServers {
  private BadServers() {}

  /** Gives each of two waiting callers the other's reply. */
  static final class Swapping implements BiConsumer<HttpServerRequest, Buffer> {
    private HttpServerResponse waiting;
    private Buffer itsBody;

    @Override
    public void accept(HttpServerRequest request, Buffer body) {
      if (waiting == null) {
        waiting = request.response();
        itsBody = body;
        return;
      }
      waiting.end(body);
      request.response().end(itsBody);
      waiting = null;
    }
  }

  /** Gives each caller the reply of the request before. */
  public static final class OneBehind implements BiConsumer<HttpServerRequest, Buffer> {
    private Buffer before = Buffer.buffer("{\"value\":1}");

    @Override
    public void accept(HttpServerRequest request, Buffer body) {
      request.response().end(before);
      before = body;
    }
  }

  /** Leaves one request out of so many unanswered, and counts those. */
  public static final class Forgetful implements BiConsumer<HttpServerRequest, Buffer> {
    private final AtomicInteger forgotten = new AtomicInteger();
    private final int every;
    private int seen;

    public Forgetful(int every) {
      this.every = every;
    }

    @Override
    public void accept(HttpServerRequest request, Buffer body) {
      if (++seen % every == 0) {
        forgotten.incrementAndGet();
      } else {
        request.response().end(body);
      }
    }

    int forgotten() {
      return forgotten.get();
    }
  }

  /** Answers one request out of so many only after a while. */
  static final class Tardy implements BiConsumer<HttpServerRequest, Buffer> {
    private final int every;
    private final Duration delay;
    private int seen;

    Tardy(int every, Duration delay) {
      this.every = every;
      this.delay = delay;
    }

    @Override
    public void accept(HttpServerRequest request, Buffer body) {
      if (++seen % every != 0) {
        request.response().end(body);
        return;
      }
      Vertx vertx = Vertx.currentContext().owner();
      vertx.setTimer(delay.toMillis(), timer -> request.response().end(body));
    }
  }

  static void refuse(HttpServerRequest request, Buffer body) {
    request.response().setStatusCode(503).end(body);
  }

  static void hangUp(HttpServerRequest request, Buffer body) {
    request.connection().close();
  }

  /** Sends each reply twice. */
  static void stutter(NetSocket socket) {
    socket.handler(request -> socket.write(replyTo(request).repeat(2)));
  }

  /** Sends the fifth reply of each connection without its end and closes it. */
  static void breakOff(NetSocket socket) {
    AtomicInteger seen = new AtomicInteger();
    socket.handler(
        request -> {
          String reply = replyTo(request);
          if (seen.incrementAndGet() < 5) {
            socket.write(reply);
          } else {
            socket.write(reply.substring(0, reply.length() - 5)).onComplete(sent -> socket.close());
          }
        });
  }

  /** The right reply to a request, which comes whole, because it is small. */
  private static String replyTo(Buffer request) {
    String body = request.toString().split("\r\n\r\n", 2)[1];
    return "HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s".formatted(body.length(), body);
  }

  static void mumble(NetSocket socket) {
    socket.handler(request -> socket.write("HTTP/1.1 200 OK\r\n\r\n{}"));
  }
}
