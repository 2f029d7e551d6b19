package io.sparkwire.httpclient.calls;

import io.sparkwire.message.FieldRules;
import io.sparkwire.message.Header;
import io.sparkwire.tracing.CallSpan;
import io.sparkwire.tracing.CallTrace;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One call from its first attempt to its last, within its deadline.
 *
 * <p>A redirect is followed for GET and HEAD and is no attempt of its own. Credentials are not sent
 * to another origin. Runs on: the event loop of its {@link Caller}. Not thread-safe.
 */
final class RepeatedCall {

  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<String> CREDENTIALS =
      Set.of("Authorization", "Cookie", "Proxy-Authorization");

  private static final String TRACE = "traceparent";

  private final Caller caller;
  private final HttpCall call;
  private final HttpMethod method;
  private final Target origin;
  private final MultiMap headers = HttpHeaders.headers();
  private final long endNanos;
  private final Promise<CallOutcome> promise = Promise.promise();
  private Attempt current;
  private int attempts;
  private int redirects;
  private final CallTrace trace;
  private int sent;

  /**
   * @param trace that it belongs to, unless its header fields name one
   * @throws IllegalArgumentException if the URL, the method or a header cannot be used
   */
  RepeatedCall(Caller caller, HttpCall call, CallTrace trace) {
    this.caller = caller;
    this.call = call;
    this.method = HttpMethod.valueOf(call.method());
    this.origin = caller.target(call.url());
    call.headers().forEach(this::add);
    this.trace = headers.contains(TRACE) ? CallTrace.NONE : trace;
    this.endNanos =
        System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(caller.settings.timeouts().total());
  }

  /** A character that HTTP has no place for would be sent as another one. */
  private void add(Header header) {
    if (!FieldRules.isToken(header.name())) {
      throw new IllegalArgumentException(
          "the name of a header field must be a token, got '" + header.name() + "'");
    }
    if (!FieldRules.isValue(header.value())) {
      throw new IllegalArgumentException(
          "the value of the header field '"
              + header.name()
              + "' has a character that HTTP cannot carry; encode it, for example as %xx");
    }
    headers.add(header.name(), header.value());
  }

  Future<CallOutcome> start() {
    attempt();
    return promise.future();
  }

  /** Ends it with a failure, whatever it is waiting for. */
  void cancel(Throwable reason) {
    promise.tryComplete(new CallOutcome(null, attempts, reason));
    current.fail(reason);
  }

  private void attempt() {
    if (!promise.future().isComplete()) {
      attempts++;
      redirects = 0;
      go(origin);
    }
  }

  private void go(Target target) {
    long millis = Math.max(1, Math.min(caller.settings.timeouts().request(), millisLeft()));
    current = new Attempt(caller.client, caller.settings.maxBody());
    CallSpan span = trace.begin(target.sent(call.method(), sent++));
    RequestOptions options = options(target);
    span.writeTo(options.getHeaders());
    current
        .send(caller.vertx, options, call.body(), millis)
        .onSuccess(
            outcome -> {
              end(span, outcome);
              ended(target, outcome.withAttempts(attempts));
            });
  }

  private static void end(CallSpan span, CallOutcome outcome) {
    HttpAnswer answer = outcome.answer();
    if (answer == null) {
      span.failed(outcome.failure());
    } else {
      span.ended(answer.status(), answer.body().length, outcome.failure());
    }
  }

  private long millisLeft() {
    return TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
  }

  private RequestOptions options(Target target) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(target.host())
            .setPort(target.port())
            .setURI(target.uri())
            .setConnectTimeout(caller.settings.timeouts().connect());
    MultiMap fields = HttpHeaders.headers().addAll(headers);
    if (!target.isSameOrigin(origin)) {
      CREDENTIALS.forEach(fields::remove);
    }
    options.setHeaders(fields);
    if (target.tls()) {
      caller.secure(options, target.isSameOrigin(origin));
    }
    return options;
  }

  private void ended(Target target, CallOutcome outcome) {
    Optional<Target> next = redirect(target, outcome);
    if (next.isPresent()) {
      redirects++;
      go(next.get());
    } else if (caller.settings.retries().again(call.method(), outcome)) {
      pauseOrFinish(outcome);
    } else {
      promise.tryComplete(outcome);
    }
  }

  private Optional<Target> redirect(Target target, CallOutcome outcome) {
    boolean follow =
        outcome.isWhole()
            && REDIRECTS.contains(outcome.answer().status())
            && (call.method().equals("GET") || call.method().equals("HEAD"))
            && redirects < caller.settings.maxRedirects()
            && outcome.answer().header("Location") != null;
    return follow ? target.redirected(outcome.answer().header("Location")) : Optional.empty();
  }

  /** A pause that would end after the deadline is not begun: nothing could come of it. */
  private void pauseOrFinish(CallOutcome outcome) {
    long pause = pause(outcome);
    if (pause < millisLeft()) {
      caller.vertx.setTimer(pause, id -> attempt());
    } else {
      promise.tryComplete(outcome);
    }
  }

  private long pause(CallOutcome outcome) {
    long own = caller.settings.retries().pause(attempts, caller.random);
    return outcome.isWhole()
        ? Math.max(1, RetryAfter.of(outcome.answer(), caller.clock.instant()).orElse(own))
        : own;
  }
}
