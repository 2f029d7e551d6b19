package io.sparkwire.httpclient.calls;

import static io.sparkwire.httpclient.calls.CallHarness.outcomes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.httpclient.TestService;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many calls are in flight, in which order, and in which batches. */
@Timeout(60)
class CallQueueTest {

  private static final long FOR_EVER = TimeUnit.HOURS.toMillis(1);

  private final CallHarness calls = new CallHarness();
  private final List<String> bodies = Collections.synchronizedList(new ArrayList<>());
  private final BlockingQueue<HttpServerRequest> held = new LinkedBlockingQueue<>();
  private TestService service;

  @AfterEach
  void stop() {
    calls.close();
    service.close();
  }

  private void echo() {
    service =
        TestService.bodies(
            (request, body) -> {
              bodies.add(body.toString());
              request.response().end(body);
            });
  }

  private void hold() {
    service = TestService.http(held::add);
  }

  private List<HttpCall> posts(Object... values) {
    return Stream.of(values).map(value -> post("", value)).toList();
  }

  private HttpCall post(String path, Object value) {
    return HttpCall.post(service.url(path), "application/json", value.toString());
  }

  private static List<String> texts(List<CallOutcome> outcomes) {
    return outcomes.stream()
        .map(outcome -> new String(outcome.answer().body(), StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void neverMoreCallsAreInFlightThanAllowed() throws InterruptedException {
    hold();
    List<CompletableFuture<CallOutcome>> ended =
        calls.add(calls.queue(3, Batching.NONE), Collections.nCopies(10, post("", 1)));
    await().until(() -> held.size() == 3);

    for (int i = 0; i < 10; i++) {
      held.take().response().end("answer");
    }

    assertThat(texts(outcomes(ended))).hasSize(10).containsOnly("answer");
    assertThat(service.mostInFlight()).isEqualTo(3);
  }

  @Test
  void waitingCallsAreSentInTheirOrder() {
    echo();
    List<CompletableFuture<CallOutcome>> ended =
        calls.add(calls.queue(1, Batching.NONE), posts(1, 2, 3, 4, 5));
    assertThat(texts(outcomes(ended))).containsExactly("1", "2", "3", "4", "5");
    assertThat(bodies).containsExactly("1", "2", "3", "4", "5");
  }

  @Test
  void aFailedCallLeavesItsPlaceToTheNext() {
    echo();
    List<HttpCall> both = List.of(HttpCall.get("ftp://nowhere/"), post("", 2));
    List<CallOutcome> outcomes = outcomes(calls.add(calls.queue(1, Batching.NONE), both));
    assertThat(outcomes.get(0).failure()).isInstanceOf(IllegalArgumentException.class);
    assertThat(outcomes.get(1).isWhole()).isTrue();
  }

  @Test
  void aFullBatchIsSentAtOnceAndEachGetsItsElement() {
    echo();
    CallQueue queue = calls.queue(1, new Batching(3, FOR_EVER, true));
    List<CallOutcome> outcomes = outcomes(calls.add(queue, posts(1, "{\"a\": 2}", 3)));
    assertThat(texts(outcomes)).containsExactly("1", "{\"a\": 2}", "3");
    assertThat(bodies).containsExactly("[1,{\"a\": 2},3]");
  }

  @Test
  void aBatchThatIsNotFullIsSentWhenItsTimeIsOver() {
    echo();
    CallQueue queue = calls.queue(1, new Batching(3, 50, true));
    assertThat(texts(outcomes(calls.add(queue, posts(1, 2))))).containsExactly("1", "2");
    assertThat(bodies).containsExactly("[1,2]");
  }

  @Test
  void whileOneBatchIsInFlightTheNextOneFills() throws InterruptedException {
    hold();
    CallQueue queue = calls.queue(1, new Batching(2, 1, true));
    List<CompletableFuture<CallOutcome>> ended = calls.add(queue, posts(1, 2, 3));
    HttpServerRequest first = held.take();
    List<CompletableFuture<CallOutcome>> later = calls.add(queue, posts(4));
    calls.onLoop(() -> first.response().end("[1,2]"));
    held.take().response().end("[3,4]");
    assertThat(texts(outcomes(ended))).containsExactly("1", "2", "3");
    assertThat(texts(outcomes(later))).containsExactly("4");
    assertThat(service.requests()).isEqualTo(2);
  }

  @Test
  void callsToDifferentPlacesAreNotInOneBatch() {
    echo();
    List<HttpCall> mixed =
        List.of(post("a", 1), post("b", 2), post("a", 3).withHeader("X", "y"), post("a", 4));
    CallQueue queue = calls.queue(4, new Batching(4, 50, true));
    assertThat(texts(outcomes(calls.add(queue, mixed)))).containsExactly("1", "2", "3", "4");
    assertThat(bodies).containsExactlyInAnyOrder("[1]", "[2]", "[3]", "[4]");
  }

  @Test
  void withoutFlatteningEachGetsTheWholeAnswer() {
    echo();
    CallQueue queue = calls.queue(1, new Batching(2, FOR_EVER, false));
    assertThat(texts(outcomes(calls.add(queue, posts(1, 2))))).containsOnly("[1,2]");
  }

  @Test
  void anAnswerWithAnotherNumberOfElementsFailsTheWholeBatch() {
    service = TestService.http(request -> request.response().end("[1]"));
    CallQueue queue = calls.queue(1, new Batching(2, FOR_EVER, true));
    assertThat(outcomes(calls.add(queue, posts(1, 2))))
        .allSatisfy(
            outcome ->
                assertThat(outcome.failure())
                    .isInstanceOf(InvalidBodyException.class)
                    .hasMessage("the answer to a batch of 2 has 1 elements"));
  }

  @Test
  void aStatusThatIsNoSuccessIsTheOutcomeOfTheWholeBatch() {
    service = TestService.http(request -> request.response().setStatusCode(400).end("bad"));
    CallQueue queue = calls.queue(1, new Batching(2, FOR_EVER, true));
    assertThat(outcomes(calls.add(queue, posts(1, 2))))
        .allSatisfy(outcome -> assertThat(outcome.answer().status()).isEqualTo(400));
  }

  @Test
  void closingEndsWhatIsInFlightAndWhatWaits() {
    hold();
    CallQueue queue = calls.queue(1, Batching.NONE);
    List<CompletableFuture<CallOutcome>> ended = calls.add(queue, posts(1, 2, 3));
    await().until(() -> held.size() == 1);

    calls.onLoop(queue::close);

    assertThat(outcomes(ended))
        .allSatisfy(
            outcome -> assertThat(outcome.failure()).isInstanceOf(CancellationException.class));
    assertThat(outcomes(ended)).extracting(CallOutcome::attempts).containsExactly(1, 0, 0);
  }

  @Test
  void closingEndsABatchThatIsNotFull() {
    hold();
    CallQueue queue = calls.queue(1, new Batching(10, FOR_EVER, true));
    List<CompletableFuture<CallOutcome>> ended = calls.add(queue, posts(1, 2));

    calls.onLoop(queue::close);

    assertThat(outcomes(ended))
        .allSatisfy(
            outcome -> assertThat(outcome.failure()).isInstanceOf(CancellationException.class));
    assertThat(service.requests()).isZero();
  }

  @Test
  void anyNumberOfWaitingCallsMayEndAtOnce() {
    hold();
    CallQueue queue = calls.queue(1, Batching.NONE);
    List<HttpCall> first = posts(0);
    List<HttpCall> impossible =
        IntStream.range(0, 50_000).mapToObj(i -> HttpCall.get("ftp://nowhere/")).toList();
    List<CompletableFuture<CallOutcome>> ended =
        calls.add(queue, Stream.concat(first.stream(), impossible.stream()).toList());
    await().until(() -> held.size() == 1);

    held.remove().response().end();

    assertThat(outcomes(ended)).hasSize(50_001);
  }
}
