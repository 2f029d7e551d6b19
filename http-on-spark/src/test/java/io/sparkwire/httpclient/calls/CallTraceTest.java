package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.httpclient.TestService;
import io.sparkwire.tracing.CallSpan;
import io.sparkwire.tracing.CallTrace;
import io.vertx.core.MultiMap;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What services get of a trace, and what its spans are told. */
class CallTraceTest {

  private static final Retries TWO = new Retries(2, 1, true);

  private final CallHarness calls = new CallHarness();
  private final Queue<String> received = new ConcurrentLinkedQueue<>();

  @AfterEach
  void stop() {
    calls.close();
  }

  /** A trace that writes down what it is told. */
  private record Told(String name, Queue<String> lines) implements CallTrace {

    Told(String name) {
      this(name, new ConcurrentLinkedQueue<>());
    }

    @Override
    public CallSpan begin(Sent call) {
      lines.add(call.method() + " " + call.url().replaceAll(":\\d+", "") + " " + call.before());
      return new CallSpan() {
        @Override
        public void writeTo(MultiMap headers) {
          headers.set("traceparent", name + call.before());
        }

        @Override
        public void ended(int status, long bytes, Throwable failure) {
          lines.add(status + " " + bytes + " " + failure);
        }

        @Override
        public void failed(Throwable failure) {
          lines.add(failure.getClass().getSimpleName());
        }
      };
    }
  }

  private TestService service(int... statuses) {
    return TestService.bodies(
        (request, body) -> {
          int status = statuses[Math.min(received.size(), statuses.length - 1)];
          received.add(String.valueOf(request.headers().getAll("traceparent")));
          request.response().setStatusCode(status).end(status < 300 ? body : body.slice(0, 0));
        });
  }

  private CallOutcome call(CallTrace trace, Retries retries, HttpCall call) {
    CompletableFuture<CallOutcome> ended = new CompletableFuture<>();
    Caller caller = calls.caller(CallHarness.settings(retries));
    calls.onLoop(() -> caller.call(call, trace).onSuccess(ended::complete));
    return CallHarness.outcome(ended);
  }

  @Test
  void eachAttemptHasASpanThatItsServiceIsToldOf() {
    Told trace = new Told("t");
    try (TestService service = service(503, 200)) {
      HttpCall call = HttpCall.post(service.url() + "a?key=secret", "text/plain", "body");
      assertThat(call(trace, TWO, call).isWhole()).isTrue();
    }

    assertThat(received).containsExactly("[t0]", "[t1]");
    assertThat(trace.lines())
        .containsExactly(
            "POST http://127.0.0.1/a 0", "503 0 null", "POST http://127.0.0.1/a 1", "200 4 null");
  }

  @Test
  void aTraceparentOfTheCallItselfStays() {
    Told trace = new Told("t");
    try (TestService service = service(200)) {
      HttpCall call = HttpCall.post(service.url(), "text/plain", "body");
      call(trace, TWO, call.withHeader("TraceParent", "own"));
    }

    assertThat(received).containsExactly("[own]");
    assertThat(trace.lines()).isEmpty();
  }

  @Test
  void aCallWithoutATraceHasNoField() {
    try (TestService service = service(200)) {
      call(CallTrace.NONE, TWO, HttpCall.post(service.url(), "text/plain", "body"));
    }

    assertThat(received).containsExactly("[]");
  }

  @Test
  void aCallWithoutAResponseEndsItsSpanWithTheFailure() {
    Told trace = new Told("t");
    String url;
    try (TestService service = service(200)) {
      url = service.url();
    }
    assertThat(call(trace, CallHarness.NO_RETRIES, HttpCall.get(url)).failure())
        .isInstanceOf(ConnectException.class);

    assertThat(trace.lines()).hasSize(2).last().asString().contains("Connect");
  }

  @Test
  void aMiniBatchBelongsToItsFirstTrace() {
    List<CompletableFuture<CallOutcome>> ended = new ArrayList<>();
    try (TestService service = service(200)) {
      CallQueue queue = calls.queue(1, new Batching(3, 10_000, true));
      List<CallTrace> traces = List.of(CallTrace.NONE, new Told("a"), new Told("b"));
      traces.forEach(trace -> ended.add(new CompletableFuture<>()));
      calls.onLoop(
          () -> {
            for (int i = 0; i < traces.size(); i++) {
              HttpCall call = HttpCall.post(service.url(), "application/json", "1");
              queue.add(call, traces.get(i), ended.get(i)::complete);
            }
          });
      ended.forEach(each -> assertThat(CallHarness.outcome(each).isWhole()).isTrue());
    }

    assertThat(received).containsExactly("[a0]");
  }
}
