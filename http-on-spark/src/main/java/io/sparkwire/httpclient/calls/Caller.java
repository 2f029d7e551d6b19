package io.sparkwire.httpclient.calls;

import io.sparkwire.tracing.CallTrace;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.random.RandomGenerator;

/**
 * Makes calls, each with its redirects, retries and deadline.
 *
 * <p>Runs on: one event loop. Not thread-safe.
 */
public final class Caller {

  final Vertx vertx;
  final HttpClient client;
  final CallSettings settings;
  final InstantSource clock;
  final RandomGenerator random;
  private final Set<RepeatedCall> inFlight = new HashSet<>();
  private final Tls tls;
  private String lastUrl;
  private Target lastTarget;
  private boolean closed;

  public Caller(
      Vertx vertx,
      HttpClient client,
      CallSettings settings,
      InstantSource clock,
      RandomGenerator random) {
    this.vertx = vertx;
    this.client = client;
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.tls = Tls.read(settings.tls());
  }

  /**
   * TLS of all calls, as it was when they began.
   *
   * @param own with the certificate of this client, if it has one
   * @param others for other servers, to which a redirect leads
   * @param failure why there is none; null if there is
   */
  private record Tls(
      ClientSSLOptions own, ClientSSLOptions others, IllegalArgumentException failure) {

    static Tls read(ClientTls settings) {
      try {
        return new Tls(settings.withKey(), settings.withoutKey(), null);
      } catch (IllegalArgumentException e) {
        return new Tls(null, null, e);
      }
    }
  }

  /** Makes a call that belongs to no trace. */
  Future<CallOutcome> call(HttpCall call) {
    return call(call, CallTrace.NONE);
  }

  /** Makes a call. The future always succeeds; a failure is part of the outcome. */
  Future<CallOutcome> call(HttpCall call, CallTrace trace) {
    if (closed) {
      return Future.succeededFuture(CallOutcome.impossible(stopped()));
    }
    if (tls.failure() != null) {
      return Future.succeededFuture(CallOutcome.impossible(tls.failure()));
    }
    RepeatedCall repeated;
    try {
      repeated = new RepeatedCall(this, call, trace);
    } catch (IllegalArgumentException e) {
      return Future.succeededFuture(CallOutcome.impossible(e));
    }
    inFlight.add(repeated);
    return repeated.start().onComplete(end -> inFlight.remove(repeated));
  }

  /**
   * Where a URL leads. To parse one takes longer than most of what a call does, and most calls go
   * where the last one went.
   *
   * @throws IllegalArgumentException if it cannot be used
   */
  Target target(String url) {
    if (!url.equals(lastUrl)) {
      lastTarget = Target.of(url);
      lastUrl = url;
    }
    return lastTarget;
  }

  /**
   * Has a request speak TLS.
   *
   * @param isOwn whether it is for the server that is called, and not for one that a redirect names
   */
  void secure(RequestOptions request, boolean isOwn) {
    request.setSsl(true).setSslOptions(isOwn ? tls.own() : tls.others());
  }

  private static CancellationException stopped() {
    return new CancellationException("the task has ended");
  }

  /** Gives up what is in flight. */
  void close() {
    closed = true;
    List.copyOf(inFlight).forEach(call -> call.cancel(stopped()));
  }
}
