package io.sparkwire.http;

import io.sparkwire.connection.Connection;
import io.sparkwire.endpoint.BodyFormat;
import io.sparkwire.endpoint.EndpointHandler;
import io.sparkwire.endpoint.RequestContent;
import io.sparkwire.exchange.Admission;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeQueue;
import io.sparkwire.exchange.HandOff;
import io.sparkwire.exchange.Responder;
import io.sparkwire.framing.MalformedRequestException;
import io.sparkwire.framing.ProtocolName;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.wire.RowBodies;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The request handler of one service on one event loop: exchange, body, admission, hand-off.
 *
 * <p>A request is admitted when its body is complete. If there is no room, it is refused as soon as
 * its head has arrived. Runs on: event loop. Not thread-safe.
 */
final class ServiceRoute implements EndpointHandler {

  private static final String CONTINUE = "100-continue";
  private static final String GET = HttpMethod.GET.name();

  private final ServiceSpec spec;
  private final long maxBodyBytes;
  private final ExchangeQueue queue;
  private final UnfinishedBodies unfinished;
  private final BodyFormat format;
  private final HandOff handOff;
  private final InstantSource clock;
  private final Refusals refusals;
  private final BodyDecoding decoding;
  private final boolean impliesHead;

  ServiceRoute(
      ExchangeQueue queue,
      UnfinishedBodies unfinished,
      BodyFormat format,
      HandOff handOff,
      InstantSource clock) {
    this.spec = queue.service().spec();
    this.maxBodyBytes = spec.limits().maxBodyBytes();
    this.queue = queue;
    this.unfinished = unfinished;
    this.format = format;
    this.handOff = handOff;
    this.clock = clock;
    this.refusals = new Refusals(queue.service());
    this.decoding = new BodyDecoding(refusals, maxBodyBytes);
    this.impliesHead = !spec.route().methods().contains(HttpMethod.HEAD.name());
  }

  @Override
  public void handle(HttpServerRequest http, Map<String, String> parameters, Responder responder) {
    String expectation = expectation(http);
    if (expectation != null && !expectation.equalsIgnoreCase(CONTINUE)) {
      refuse(http, responder, Refusals.unknownExpectation(expectation));
      return;
    }
    String contentType = http.headers().get(HttpHeaders.CONTENT_TYPE);
    if (contentType != null && RowBodies.isOwnType(contentType)) {
      refuse(http, responder, Refusals.ownType(contentType));
      return;
    }
    BodyCoding coding = BodyCoding.of(http.headers());
    if (coding == BodyCoding.UNKNOWN) {
      refuse(http, responder, Refusals.unknownCoding(http.headers()));
      return;
    }
    if (declaredLength(http) > coding.mostSent(maxBodyBytes)) {
      refuse(http, responder, refusals.bodyTooLarge());
      return;
    }
    Admission prospect = queue.prospect();
    if (prospect == Admission.ADMITTED) {
      receive(http, parameters, begun(http, coding, responder));
      if (expectation != null) {
        http.response().writeContinue();
      }
    } else {
      refuse(http, responder, refusals.of(prospect));
    }
  }

  private void refuse(HttpServerRequest http, Responder responder, ServiceReply reply) {
    queue.service().observer().refused(http, reply);
    responder.send(reply);
  }

  private UnfinishedBody begun(HttpServerRequest http, BodyCoding coding, Responder responder) {
    return unfinished.begin(queue.open(http, responder), Connection.of(http).peer(), coding);
  }

  private void receive(
      HttpServerRequest http, Map<String, String> parameters, UnfinishedBody body) {
    Instant receivedAt = clock.instant();
    Handler<Throwable> broken = cause -> end(body, cause);
    http.response().closeHandler(v -> abandon(body));
    http.response().exceptionHandler(broken);
    http.exceptionHandler(broken);
    http.handler(chunk -> add(body, chunk));
    http.endHandler(
        v -> {
          if (BodyDecoding.isNone(http, body) || !body.exchange.isOpen()) {
            ended(http, parameters, body, receivedAt);
          } else {
            decode(http, body, () -> ended(http, parameters, body, receivedAt));
          }
        });
  }

  private void ended(
      HttpServerRequest http,
      Map<String, String> parameters,
      UnfinishedBody body,
      Instant receivedAt) {
    unfinished.remove(body);
    if (body.exchange.isOpen()) {
      complete(http, parameters, body, receivedAt);
    }
  }

  private void decode(HttpServerRequest http, UnfinishedBody body, Runnable next) {
    decoding
        .decode(http, body)
        .onComplete(
            done -> {
              decoded(body, done);
              next.run();
            });
  }

  private void decoded(UnfinishedBody body, AsyncResult<BodyDecoding.Decoded> done) {
    if (done.failed()) { // as the node stops
      body.exchange.answer(refusals.of(Admission.STOPPING));
    } else if (done.result().content() == null) {
      body.exchange.answer(done.result().refusal());
    } else {
      body.decoded(done.result().content());
    }
  }

  /** The client has hung up, or has sent a malformed body. */
  private void end(UnfinishedBody body, Throwable cause) {
    if (cause instanceof MalformedRequestException malformed) {
      unfinished.remove(body);
      body.exchange.answer(malformed.failure().toReply());
    } else {
      abandon(body);
    }
  }

  private void abandon(UnfinishedBody body) {
    unfinished.remove(body);
    body.exchange.abandon();
  }

  private void add(UnfinishedBody body, Buffer chunk) {
    if (!body.exchange.isOpen()) {
      unfinished.remove(body);
    } else if ((long) body.length() + chunk.length() > body.coding.mostSent(maxBodyBytes)) {
      body.exchange.answer(refusals.bodyTooLarge());
    } else {
      unfinished.add(body, chunk);
    }
  }

  private void complete(
      HttpServerRequest http,
      Map<String, String> parameters,
      UnfinishedBody body,
      Instant receivedAt) {
    Exchange exchange = body.exchange;
    Admission admission = exchange.admit();
    if (admission == Admission.ADMITTED) {
      exchange.received(request(http, parameters, body, receivedAt));
      handOff.accept(exchange);
    } else {
      exchange.answer(refusals.of(admission));
    }
  }

  private ServiceRequest request(
      HttpServerRequest http,
      Map<String, String> parameters,
      UnfinishedBody body,
      Instant receivedAt) {
    RequestContent content = body.take(http.headers());
    return new ServiceRequest(
        queue.id(body.exchange),
        spec.name(),
        method(http),
        http.uri(),
        ProtocolName.of(http.version()),
        content.headers(),
        Map.copyOf(parameters),
        content.body(),
        format.of(content.headers(), content.body()),
        ChronoUnit.MICROS.between(Instant.EPOCH, receivedAt));
  }

  /** The pipeline of a service that names GET and not HEAD computes both in the same way. */
  private String method(HttpServerRequest http) {
    return impliesHead && http.method().equals(HttpMethod.HEAD) ? GET : http.method().name();
  }

  /** What the client expects before it sends its body; null if nothing, as ever in HTTP/1.0. */
  private static String expectation(HttpServerRequest http) {
    return http.version() == HttpVersion.HTTP_1_0 ? null : http.headers().get(HttpHeaders.EXPECT);
  }

  /** The length that the client announced in bytes, or -1 if it announced none. */
  private static long declaredLength(HttpServerRequest http) {
    String length = http.headers().get(HttpHeaders.CONTENT_LENGTH);
    return length == null
        ? -1
        : Long.parseLong(length); // the HTTP decoder has refused all but numbers
  }
}
