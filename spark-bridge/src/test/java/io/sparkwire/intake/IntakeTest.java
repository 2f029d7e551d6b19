package io.sparkwire.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class IntakeTest {

  private final HandTimer timer = new HandTimer();
  private final Intake intake = new Intake("s", 4, timer);

  private FakePendingRequest put(long number) {
    FakePendingRequest request = FakePendingRequest.number(number);
    intake.offer(request);
    return request;
  }

  private Long polled() {
    PendingRequest request = intake.poll();
    return request == null ? null : request.request().id().sequence();
  }

  private static void awaitTaken(TakingThread thread, Long... numbers) {
    TakingThread.soon().untilAsserted(() -> assertThat(thread.taken).containsExactly(numbers));
  }

  @Test
  void firstInIsFirstOut() {
    put(3);
    put(1);
    put(2);

    assertThat(intake.size()).isEqualTo(3);
    assertThat(polled()).isEqualTo(3);
    assertThat(polled()).isEqualTo(1);
    assertThat(polled()).isEqualTo(2);
    assertThat(polled()).isNull();
    assertThat(intake.size()).isZero();
  }

  @Test
  void requestsThatHaveEndedAreSkipped() {
    put(1).abandon();
    put(2);
    put(3).answer(ServiceReply.ok("text/plain", new byte[0]));
    put(4).abandon();

    assertThat(polled()).isEqualTo(2);
    assertThat(polled()).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 64})
  void aFullIntakeRefusesAndGoesOn(int capacity) {
    Intake small = new Intake("s", capacity, timer);
    List<FakePendingRequest> queued = new ArrayList<>();
    FakePendingRequest offered = FakePendingRequest.number(0);
    while (small.offer(offered)) {
      queued.add(offered);
      offered = FakePendingRequest.number(queued.size());
    }

    assertThat(queued).hasSizeBetween(capacity, 2 * capacity);
    assertThat(offered.isOpen()).isTrue();
    for (FakePendingRequest request : queued) {
      assertThat(small.poll()).isSameAs(request);
    }
    FakePendingRequest next = FakePendingRequest.number(-1);
    small.offer(next);
    assertThat(small.poll()).isSameAs(next);
  }

  @Test
  void itHasRoomUntilMoreThanHalfOfItIsTaken() {
    put(1);
    put(2);
    assertThat(intake.hasRoom()).isTrue();
    put(3);
    assertThat(intake.hasRoom()).isFalse();
    intake.poll();
    assertThat(intake.hasRoom()).isTrue();
    intake.end();
    assertThat(intake.hasRoom()).isFalse();
  }

  @Test
  void aClosedIntakeAnswersAllThatIsQueued() {
    List<FakePendingRequest> queued = List.of(put(1), put(2));
    intake.close();

    assertThat(intake.size()).isZero();
    for (FakePendingRequest request : queued) {
      ServiceReply reply = request.answer().orElseThrow();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.body())
          .asString(UTF_8)
          .contains("urn:sparkwire:problem:unavailable")
          .contains("service 's' has stopped; try again later");
    }
  }

  @Test
  void aRequestWakesAParkedThread() {
    TakingThread thread = TakingThread.parkedAt(intake);
    put(1);
    awaitTaken(thread, 1L);
    thread.goOn();
    thread.awaitParked();
    put(2);
    awaitTaken(thread, 1L, 2L);

    assertThat(timer.armed()).as("no other thread is parked that could relieve it").isZero();
  }

  @Test
  void oneRequestWakesOnlyOneOfTwoParkedThreads() throws Exception {
    for (int round = 0; round < 20; round++) { // a needless waking would not show each time
      Intake fresh = new Intake("s", 4, timer);
      TakingThread one = TakingThread.parkedAt(fresh);
      TakingThread two = TakingThread.parkedAt(fresh);
      fresh.offer(FakePendingRequest.number(7));
      TakingThread.soon().until(() -> one.taken.size() + two.taken.size() == 1);
      TakingThread busy = one.taken.isEmpty() ? two : one;
      TakingThread idle = one.taken.isEmpty() ? one : two;
      idle.awaitParked();
      fresh.end();
      idle.awaitEnd();
      busy.goOn();
      busy.awaitEnd();

      assertThat(idle.parkings()).as("woken by the end alone").isEqualTo(1);
    }
  }

  @Test
  void aThreadThatIsHeldUpIsRelievedAfterTheDelay() {
    TakingThread one = TakingThread.parkedAt(intake);
    put(1);
    awaitTaken(one, 1L);
    TakingThread two = TakingThread.parkedAt(intake);
    put(2);

    assertThat(timer.armed()).isEqualTo(1);
    assertThat(intake.size()).isEqualTo(1);
    assertThat(two.parkings()).isZero();
    timer.ring();
    awaitTaken(two, 2L);
    assertThat(one.taken).containsExactly(1L);
    assertThat(timer.armed()).isZero();
  }

  @Test
  void reliefContinuesUntilNothingWaitsOrNoReaderIsParked() {
    TakingThread one = TakingThread.parkedAt(intake);
    put(1);
    awaitTaken(one, 1L);
    TakingThread two = TakingThread.parkedAt(intake);
    TakingThread three = TakingThread.parkedAt(intake);
    put(2);
    put(3);
    put(4);
    assertThat(timer.armed()).as("a burst arms it once").isEqualTo(1);
    timer.ring();
    TakingThread.soon().until(() -> two.taken.size() + three.taken.size() == 1);
    assertThat(timer.armed()).as("more wait, and one is parked").isEqualTo(1);
    timer.ring();
    TakingThread.soon().until(() -> two.taken.size() + three.taken.size() == 2);
    assertThat(timer.armed()).as("one waits, but no reader is parked").isZero();

    one.goOn();
    awaitTaken(one, 1L, 4L);
  }

  @Test
  void noThreadIsWokenWhenTheRequestWasTakenWithinTheDelay() {
    TakingThread one = TakingThread.parkedAt(intake);
    put(1);
    awaitTaken(one, 1L);
    TakingThread two = TakingThread.parkedAt(intake);
    put(2);
    one.goOn();
    awaitTaken(one, 1L, 2L);
    timer.ring();
    assertThat(timer.armed()).isZero();
    one.goOn();
    one.awaitParked();
    put(3); // which wakes the reader that parked last

    awaitTaken(one, 1L, 2L, 3L);
    assertThat(two.taken).isEmpty();
    assertThat(two.parkings()).as("times woken").isZero();
  }

  @Test
  void whoLeavesHandsQueuedRequestsToAnother() {
    Intake.Waiter busy = intake.enter();
    TakingThread other = TakingThread.parkedAt(intake);
    put(1);
    assertThat(other.taken).isEmpty();
    busy.leave();

    awaitTaken(other, 1L);
  }

  @Test
  void leavingAnEmptyIntakeWakesNoReader() throws Exception {
    Intake.Waiter busy = intake.enter();
    TakingThread other = TakingThread.parkedAt(intake);
    busy.leave();
    intake.end();
    other.awaitEnd();

    assertThat(other.parkings()).isEqualTo(1);
  }

  @Test
  void theEndWakesAllParkedReaders() throws Exception {
    List<TakingThread> threads =
        Stream.generate(() -> TakingThread.parkedAt(intake)).limit(3).toList();
    assertThat(intake.isEnding()).isFalse();
    intake.end();
    assertThat(intake.isEnding()).isTrue();

    for (TakingThread thread : threads) {
      thread.awaitEnd();
    }
  }

  @Test
  void afterTheEndNoReaderParks() {
    intake.end();
    intake.enter().park(System.nanoTime() + TimeUnit.MINUTES.toNanos(1)); // or the test hangs

    assertThat(intake.awaitRequest(TimeUnit.MINUTES.toNanos(1))).isFalse();
  }

  @Test
  void aQueuedRequestNeedNotBeAwaited() {
    put(1);

    assertThat(intake.awaitRequest(TimeUnit.MINUTES.toNanos(1))).isTrue();
    assertThat(intake.size()).isEqualTo(1);
  }

  @Test
  void aRequestEndsTheWaitForIt() throws Exception {
    CompletableFuture<Boolean> found = new CompletableFuture<>();
    Thread waiting =
        new Thread(() -> found.complete(intake.awaitRequest(TimeUnit.MINUTES.toNanos(1))));
    waiting.start();
    TakingThread.soon().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    put(1);

    assertThat(found.get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(polled()).isEqualTo(1);
  }

  @Test
  void theWaitForARequestEndsInTime() {
    long before = System.nanoTime();

    assertThat(intake.awaitRequest(TimeUnit.MILLISECONDS.toNanos(5))).isFalse();
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(5_000_000);
  }

  @Test
  void anInterruptEndsTheWaitForARequestAndIsNotForgotten() {
    Thread.currentThread().interrupt();

    assertThat(intake.awaitRequest(TimeUnit.MINUTES.toNanos(1))).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void whoHasGivenUpWaitingIsNotWokenInsteadOfAnother() {
    intake.awaitRequest(0);
    intake.awaitRequest(1);
    TakingThread thread = TakingThread.parkedAt(intake);
    put(1);

    awaitTaken(thread, 1L);
  }
}
