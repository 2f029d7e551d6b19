package io.sparkwire.httpclient.calls;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/** Calls on one event loop, whose outcomes are awaited on the test's thread. */
final class CallHarness implements AutoCloseable {

  static final Retries NO_RETRIES = new Retries(0, 1, false);
  static final int MAX_BODY = 10_000;

  private static final Timeouts LONG = new Timeouts(5_000, 20_000, 60_000);

  private final Vertx vertx =
      Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));
  private final Context loop = vertx.getOrCreateContext();
  private final HttpClient client = vertx.createHttpClient(new HttpClientOptions());

  static CallSettings settings(Retries retries) {
    return new CallSettings(LONG, retries, MAX_BODY, 5, ClientTls.USUAL);
  }

  static CallSettings settings(Timeouts timeouts, Retries retries) {
    return new CallSettings(timeouts, retries, MAX_BODY, 5, ClientTls.USUAL);
  }

  /** A caller whose pauses are as long as they can be. */
  Caller caller(CallSettings settings) {
    RandomGenerator zero = () -> 0;
    return new Caller(vertx, client, settings, InstantSource.system(), zero);
  }

  CallQueue queue(int concurrency, Batching batching) {
    return new CallQueue(vertx, caller(settings(NO_RETRIES)), concurrency, batching);
  }

  void onLoop(Runnable action) {
    loop.runOnContext(go -> action.run());
  }

  CompletableFuture<CallOutcome> start(Caller caller, HttpCall call) {
    CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    onLoop(() -> caller.call(call).onSuccess(ended::complete));
    return ended;
  }

  CallOutcome call(CallSettings settings, HttpCall call) {
    return outcome(start(caller(settings), call));
  }

  /** Adds all calls before any of them can end. */
  List<CompletableFuture<CallOutcome>> add(CallQueue queue, List<HttpCall> calls) {
    List<CompletableFuture<CallOutcome>> ended = new ArrayList<>();
    calls.forEach(call -> ended.add(new CompletableFuture<>()));
    onLoop(
        () -> {
          for (int i = 0; i < calls.size(); i++) {
            queue.add(calls.get(i), ended.get(i)::complete);
          }
        });
    return ended;
  }

  static CallOutcome outcome(CompletableFuture<CallOutcome> ended) {
    try {
      return ended.get(20, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  static List<CallOutcome> outcomes(List<CompletableFuture<CallOutcome>> ended) {
    return ended.stream().map(CallHarness::outcome).toList();
  }

  @Override
  public void close() {
    try {
      vertx.close().await(10, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError(e);
    }
  }
}
