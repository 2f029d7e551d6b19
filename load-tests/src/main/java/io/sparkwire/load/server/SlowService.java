package io.sparkwire.load.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A service that others call, with a delay: it answers so many milliseconds after it has all of a
 * request.
 *
 * <p>{@code /echo} gives a body back. {@code /amount} and {@code /price} make a figure of the
 * digits in it, so that a caller can check whether the answer is its own. Runs on: event loop.
 */
public final class SlowService {
  private static final String HOST = "127.0.0.1";
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final int NOT_FOUND = 404;

  private final Vertx vertx;
  private final long millis;

  private SlowService(Vertx vertx, long millis) {
    this.vertx = vertx;
    this.millis = millis;
  }

  /** Serves until it is killed. Arguments: port, milliseconds. */
  public static void main(String[] args) {
    Vertx vertx =
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1));
    SlowService service = new SlowService(vertx, Long.parseLong(args[1]));
    vertx
        .createHttpServer(new HttpServerOptions().setHost(HOST).setPort(Integer.parseInt(args[0])))
        .requestHandler(request -> request.bodyHandler(body -> service.wait(request, body)))
        .listen()
        .onFailure(
            cause -> {
              System.err.println("Cannot listen: " + cause.getMessage());
              System.exit(1);
            });
  }

  private void wait(HttpServerRequest request, Buffer body) {
    vertx.setTimer(millis, timer -> answer(request, body));
  }

  private static void answer(HttpServerRequest request, Buffer body) {
    switch (request.path()) {
      case "/echo" -> reply(request, body);
      case "/amount" -> reply(request, figure("amount", body, 1));
      case "/price" -> reply(request, figure("price", body, 2));
      default -> request.response().setStatusCode(NOT_FOUND).end();
    }
  }

  /** A fraction that ends with a digit of its own, so that no zero at its end gets lost. */
  private static Buffer figure(String name, Buffer body, int lastDigit) {
    Matcher digits = DIGITS.matcher(body.toString());
    String value = digits.find() ? digits.group() : "";
    return Buffer.buffer("{\"%s\":0.%s%d}".formatted(name, value, lastDigit));
  }

  private static void reply(HttpServerRequest request, Buffer body) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }
}
