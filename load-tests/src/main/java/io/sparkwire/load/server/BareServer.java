package io.sparkwire.load.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PfxOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;

/**
 * An HTTP server with nothing behind it: the limit that a contestant is compared with.
 *
 * <p>{@code /json} reads {@code {"value":n}} and writes it again on the event loop; {@code
 * /handoff} takes the body to a plain thread and back and echoes it.
 *
 * <p>Runs on: event loop, all but {@link #start} and {@link #main}.
 */
public final class BareServer {
  /** The version of TLS that is compared. */
  static final String TLS = "TLSv1.3";

  private static final String HOST = "127.0.0.1";
  private static final CharSequence JSON = HttpHeaders.createOptimized("application/json");
  private static final String VALUE = "value";
  private static final int REPLY_SIZE = 64;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;

  private final JsonFactory json = new JsonFactory();
  private final Vertx vertx;
  private final HandoffThread handoff;

  private BareServer(Vertx vertx, HandoffThread handoff) {
    this.vertx = vertx;
    this.handoff = handoff;
  }

  /** Serves until it is killed, on that port, and over TLS if there is a key store. */
  public static void main(String[] args) {
    if (args.length != 1 && args.length != 3) {
      System.err.println("Usage: BareServer PORT [KEYSTORE PASSWORD]");
      System.exit(2);
    }
    VertxOptions options =
        new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1);
    Vertx vertx = Vertx.vertx(options);
    HttpServerOptions listening = options(Integer.parseInt(args[0]));
    start(vertx, args.length == 1 ? listening : secured(listening, args[1], args[2]))
        .onSuccess(
            server ->
                System.out.printf(
                    "Listening on %s:%d, native transport: %b%n",
                    HOST, server.actualPort(), vertx.isNativeTransportEnabled()))
        .onFailure(
            cause -> {
              System.err.println("Cannot listen: " + cause.getMessage());
              System.exit(1);
            });
  }

  /** Starts it on this port, 0 for any, with one event loop. */
  public static Future<HttpServer> start(Vertx vertx, int port) {
    return start(vertx, options(port));
  }

  private static HttpServerOptions options(int port) {
    return new HttpServerOptions().setHost(HOST).setPort(port).setTcpNoDelay(true);
  }

  private static HttpServerOptions secured(
      HttpServerOptions options, String keystore, String password) {
    return options
        .setSsl(true)
        .setEnabledSecureTransportProtocols(Set.of(TLS))
        .setKeyCertOptions(new PfxOptions().setPath(keystore).setPassword(password));
  }

  private static Future<HttpServer> start(Vertx vertx, HttpServerOptions options) {
    HandoffThread handoff = new HandoffThread();
    handoff.start();
    BareServer routes = new BareServer(vertx, handoff);
    return vertx.createHttpServer(options).requestHandler(routes::route).listen();
  }

  private void route(HttpServerRequest request) {
    switch (request.path()) {
      case "/json" -> request.bodyHandler(body -> json(request, body));
      case "/handoff" -> request.bodyHandler(body -> handoff(request, body));
      default -> request.response().setStatusCode(NOT_FOUND).end();
    }
  }

  private void json(HttpServerRequest request, Buffer body) {
    try {
      reply(request, write(read(body)));
    } catch (IOException e) {
      request.response().setStatusCode(BAD_REQUEST).end();
    }
  }

  private void handoff(HttpServerRequest request, Buffer body) {
    Context eventLoop = vertx.getOrCreateContext();
    handoff.hand(() -> eventLoop.runOnContext(back -> reply(request, body)));
  }

  private static void reply(HttpServerRequest request, Buffer body) {
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, JSON).end(body);
  }

  private long read(Buffer body) throws IOException {
    try (JsonParser parser = json.createParser(body.getBytes())) {
      long value = 0;
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = VALUE.equals(parser.currentName());
        parser.nextToken();
        if (wanted) {
          value = parser.getLongValue();
        } else {
          parser.skipChildren();
        }
      }
      return value;
    }
  }

  private Buffer write(long value) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(REPLY_SIZE);
    try (JsonGenerator generator = json.createGenerator(out)) {
      generator.writeStartObject();
      generator.writeNumberField(VALUE, value);
      generator.writeEndObject();
    }
    return Buffer.buffer(out.toByteArray());
  }
}
