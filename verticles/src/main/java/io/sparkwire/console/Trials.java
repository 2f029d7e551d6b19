package io.sparkwire.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.access.KnownRequest;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.ServiceOffer;
import io.sparkwire.dispatch.NodeRequests;
import io.sparkwire.exchange.DetachedExchanges;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.framing.StrictHttp;
import io.sparkwire.message.FailureCode;
import io.sparkwire.message.ServiceFailure;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Sends requests of the page to services of the cluster, as clients of this node would, and tells
 * the page what became of them. The page cannot send them by itself: services have other origins.
 *
 * <p>They need no listener and take no room from clients, but only a few run at once. An operator
 * may try the services that the operator's credentials may use. Runs on: event loop. Thread-safe.
 */
final class Trials {

  /** Where they are sent to, and before the name of a service. */
  static final String PATH = "/console/try/";

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_AT_ONCE = 4;
  private static final int MOST_SHOWN = 64 << 10;

  private final Node node;
  private final NodeRequests requests;
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final AtomicInteger running = new AtomicInteger();

  Trials(Node node, NodeRequests requests, LongSupplier nanoTime, InstantSource clock) {
    this.node = node;
    this.requests = requests;
    this.nanoTime = nanoTime;
    this.clock = clock;
  }

  void handle(HttpServerRequest request) {
    String service = request.path().substring(PATH.length());
    Optional<ServiceSpec> spec = find(service);
    if (!SameOrigin.is(request)) {
      refuse(request, FailureCode.FORBIDDEN, "only the page of this console may try services");
    } else if (!KnownRequest.mayUse(request, service)) {
      refuse(request, FailureCode.FORBIDDEN, "this needs the scope 'serve:" + service + "', too");
    } else if (spec.isEmpty()) {
      refuse(request, FailureCode.UNKNOWN_PATH, "no node computes a service of that name");
    } else if (running.incrementAndGet() > MOST_AT_ONCE) {
      running.decrementAndGet();
      refuse(request, FailureCode.OVERLOADED, "other requests of the page are running");
    } else {
      read(request, spec.get());
    }
  }

  private Optional<ServiceSpec> find(String service) {
    return node.directory().offers().stream()
        .map(ServiceOffer::spec)
        .filter(offered -> offered.name().equals(service))
        .findFirst();
  }

  private void read(HttpServerRequest request, ServiceSpec spec) {
    BoundedBody.of(request, MOST_BYTES)
        .map(body -> Trial.parse(new JsonObject(body), spec))
        .onSuccess(trial -> send(request, spec, trial))
        .onFailure(
            wrong -> {
              running.decrementAndGet();
              refuse(request, FailureCode.BAD_INPUT, reason(wrong));
            });
  }

  private static String reason(Throwable wrong) {
    return wrong instanceof DecodeException || wrong instanceof ClassCastException
        ? "the body must be a request as JSON"
        : wrong.getMessage();
  }

  private void send(HttpServerRequest request, ServiceSpec spec, Trial trial) {
    long begun = nanoTime.getAsLong();
    Exchanges exchanges = requests.exchanges();
    ExchangeLoop loop = new ExchangeLoop(Vertx.currentContext());
    DetachedExchanges detached =
        new DetachedExchanges(exchanges, new Service(spec), loop, spec.limits().timeout());
    requests
        .dispatcher()
        .to(spec.name())
        .accept(
            detached.open(
                trial.toRequest(spec, exchanges.newId(), request, clock.millis()),
                reply -> {
                  running.decrementAndGet();
                  answer(request, reply, nanoTime.getAsLong() - begun);
                }));
  }

  private static void answer(HttpServerRequest request, ServiceReply reply, long nanos) {
    byte[] body = reply.body();
    JsonObject json =
        new JsonObject()
            .put("status", reply.status())
            .put("contentType", reply.contentType())
            .put("micros", TimeUnit.NANOSECONDS.toMicros(nanos))
            .put("bytes", body.length)
            .put("body", new String(body, 0, Math.min(body.length, MOST_SHOWN), UTF_8));
    JsonObject headers = new JsonObject();
    reply.headers().forEach(field -> headers.put(field.name(), field.value()));
    request
        .response()
        .putHeader("Content-Type", "application/json")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Content-Type-Options", "nosniff");
    StrictHttp.end(request, Buffer.buffer(json.put("headers", headers).encode()));
  }

  private static void refuse(HttpServerRequest request, FailureCode code, String why) {
    StrictHttp.answer(request, ServiceFailure.of(code, why));
  }
}
