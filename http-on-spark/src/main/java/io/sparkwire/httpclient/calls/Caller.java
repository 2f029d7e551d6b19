package io.sparkwire.httpclient.calls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
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
  }

  /** Makes a call. The future always succeeds; a failure is part of the outcome. */
  Future<CallOutcome> call(HttpCall call) {
    if (closed) {
      return Future.succeededFuture(CallOutcome.impossible(stopped()));
    }
    RepeatedCall repeated;
    try {
      repeated = new RepeatedCall(this, call);
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

  private static CancellationException stopped() {
    return new CancellationException("the task has ended");
  }

  /** Gives up what is in flight. */
  void close() {
    closed = true;
    List.copyOf(inFlight).forEach(call -> call.cancel(stopped()));
  }
}
