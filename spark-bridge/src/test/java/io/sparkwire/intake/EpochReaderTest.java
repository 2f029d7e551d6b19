package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.exchange.Service;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.Replay;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class EpochReaderTest {

  private static final RetryPolicy POLICY = new RetryPolicy(2, Replay.UNFINISHED, ErrorDetail.TYPE);
  private static final SparseLog LOG = new SparseLog((event, line) -> {}, (millis, action) -> {});

  private final Intake intake = new Intake("s", 64, new HandTimer());
  private final FakeAttempt attempt = new FakeAttempt();

  private final Service service = new Service(TestSpec.of("s").build());

  /** An attempt that records its calls. */
  private static final class FakeAttempt implements EpochHistory.Attempt {

    final Deque<PendingRequest> left = new ArrayDeque<>();
    final List<PendingRequest> recorded = new ArrayList<>();
    boolean sealed;
    boolean complete;
    int timesInVain;

    @Override
    public PendingRequest replay() {
      PendingRequest request = left.poll();
      return request == null || request.isOpen() ? request : replay();
    }

    @Override
    public boolean takesNew() {
      return !sealed;
    }

    @Override
    public int timesInVain() {
      return timesInVain;
    }

    @Override
    public void complete() {
      complete = true;
    }

    @Override
    public boolean pulled(PendingRequest request) {
      return recorded.add(request);
    }

    @Override
    public List<PendingRequest> handedOver() {
      return recorded.stream().filter(PendingRequest::isOpen).toList();
    }

    @Override
    public boolean mayHaveHandedOverMore() {
      return recorded.stream().anyMatch(PendingRequest::isGone);
    }

    @Override
    public List<PendingRequest> giveBack() {
      List<PendingRequest> back = List.copyOf(left);
      left.clear();
      return back;
    }
  }

  @AfterEach
  void noInterruptIsLeftToOtherTests() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private EpochReader reader() {
    Quarantine quarantine = new Quarantine(service, POLICY, LOG);
    return new EpochReader(intake, attempt, quarantine, LeftOut.of(service), succeeded -> {});
  }

  private FakePendingRequest leftBefore(long number) {
    FakePendingRequest request = FakePendingRequest.number(number);
    attempt.left.add(request);
    return request;
  }

  private FakePendingRequest put(long number) {
    FakePendingRequest request = FakePendingRequest.number(number);
    intake.offer(request);
    return request;
  }

  private static void finish(PendingRequest request) {
    assertThat(request.answer(ServiceReply.ok("text/plain", new byte[0]))).isTrue();
  }

  private static long far() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }

  @Test
  void whatWasLeftUnfinishedComesFirstAndInItsOrder() throws Exception {
    FakePendingRequest fresh = put(1);
    FakePendingRequest third = leftBefore(3);
    FakePendingRequest second = leftBefore(2);
    try (EpochReader reader = reader()) {
      assertThat(reader.take(far())).isSameAs(third);
      assertThat(reader.poll()).isSameAs(second);
      assertThat(reader.take(far())).isSameAs(fresh);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void whatHasEndedMeanwhileIsSkipped() {
    leftBefore(1).abandon();
    FakePendingRequest two = leftBefore(2);
    FakePendingRequest three = leftBefore(3);
    put(4).abandon();
    FakePendingRequest five = put(5);
    try (EpochReader reader = reader()) {
      assertThat(reader.poll()).isSameAs(two);
      three.abandon();
      assertThat(reader.poll()).isSameAs(five);
      assertThat(reader.poll()).isNull();
    }
  }

  @Test
  void everyFreshRequestIsInTheHistoryBeforeThePipelineSeesIt() throws Exception {
    try (EpochReader reader = reader()) {
      for (long number = 0; number < 10; number++) {
        put(number);
        PendingRequest seen = number % 2 == 0 ? reader.poll() : reader.take(far());
        assertThat(attempt.recorded).hasSize((int) number + 1).last().isSameAs(seen);
      }
    }
  }

  @Test
  void whatIsReplayedCountsAsHandedOverOnceItIs() {
    FakePendingRequest one = leftBefore(1);
    leftBefore(2);
    try (EpochReader reader = reader()) {
      assertThat(reader.poll()).isSameAs(one);
      assertThat(attempt.recorded).containsExactly(one);
    }
  }

  @Test
  void atTheDeadlineThereIsNoRequest() throws Exception {
    try (EpochReader reader = reader()) {
      long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(5);
      assertThat(reader.take(deadline)).isNull();
      assertThat(System.nanoTime() - deadline).isGreaterThanOrEqualTo(0);
      assertThat(reader.take(deadline)).isNull();
    }
  }

  @Test
  void whatIsThereComesHoweverLateItIs() throws Exception {
    FakePendingRequest left = leftBefore(1);
    FakePendingRequest fresh = put(2);
    try (EpochReader reader = reader()) {
      assertThat(reader.take(System.nanoTime() - 1)).isSameAs(left);
      assertThat(reader.take(System.nanoTime() - 1)).isSameAs(fresh);
    }
  }

  @Test
  void whenTheIntakeEndsOnlyWhatIsThereComes() throws Exception {
    FakePendingRequest left = leftBefore(1);
    FakePendingRequest queued = put(2);
    intake.end();
    try (EpochReader reader = reader()) {
      assertThat(reader.take(far())).isSameAs(left);
      assertThat(reader.take(far())).isSameAs(queued);
      assertThat(reader.take(far())).isNull();
    }
  }

  /** Runs {@code take} in a thread that is parked when this returns. */
  private Thread parked(CompletableFuture<PendingRequest> result) {
    Thread thread =
        new Thread(
            () -> {
              try (EpochReader reader = reader()) {
                result.complete(reader.take(far()));
              } catch (InterruptedException e) {
                result.completeExceptionally(e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    TakingThread.soon().until(() -> LockSupport.getBlocker(thread) == intake);
    return thread;
  }

  @Test
  void aWaitingReaderGetsTheNextRequest() throws Exception {
    CompletableFuture<PendingRequest> result = new CompletableFuture<>();
    parked(result);

    assertThat(result).isNotDone();
    FakePendingRequest request = put(1);
    assertThat(result.get(10, TimeUnit.SECONDS)).isSameAs(request);
  }

  @Test
  void aWaitingReaderIsLetGoWhenTheIntakeEnds() throws Exception {
    CompletableFuture<PendingRequest> result = new CompletableFuture<>();
    parked(result);
    intake.end();

    assertThat(result.get(10, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void aWaitingReaderIsInterruptedInWords() {
    CompletableFuture<PendingRequest> result = new CompletableFuture<>();
    parked(result).interrupt();

    assertThatThrownBy(() -> result.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class)
        .hasMessageContaining("the task was interrupted while it waited for requests");
  }

  @Test
  void aReaderThatWasInterruptedBeforeDoesNotWait() {
    try (EpochReader reader = reader()) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> reader.take(far())).isInstanceOf(InterruptedException.class);
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
  }

  @Test
  void aReaderThatWasInterruptedLeavesRequestsToOthers() throws Exception {
    EpochReader interrupted = reader();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> interrupted.take(far())).isInstanceOf(InterruptedException.class);
    CompletableFuture<PendingRequest> result = new CompletableFuture<>();
    parked(result);
    FakePendingRequest request = put(1);
    assertThat(result).isNotDone();
    interrupted.close();

    assertThat(result.get(10, TimeUnit.SECONDS)).isSameAs(request);
  }

  @Test
  void closingTwiceIsAsGoodAsOnce() throws Exception {
    EpochReader reader = reader();
    put(1);
    reader.take(far());
    reader.close();
    reader.close();
    CompletableFuture<PendingRequest> result = new CompletableFuture<>();
    parked(result);
    put(2);

    assertThat(result.get(10, TimeUnit.SECONDS).request().id().sequence()).isEqualTo(2);
  }

  @Test
  void theOneThatWasInThePipelineIsQuarantinedAtTheSecondFailure() throws Exception {
    FakePendingRequest poison = put(1);
    try (EpochReader reader = reader()) {
      assertThat(reader.take(far())).isSameAs(poison);
      reader.failed(new FailureCause("E", null, "first"));
      assertThat(poison.isOpen()).isTrue();
      reader.failed(new FailureCause("E", null, "second"));
    }
    assertThat(poison.answer().orElseThrow().status()).isEqualTo(500);
    assertThat(service.counts().quarantined()).isEqualTo(1);
  }

  @Test
  void aFailureBesideOneWhoseClientHasGoneDoesNotCountUnlessThereAreMany() throws Exception {
    FakePendingRequest perhapsPoison = put(1);
    FakePendingRequest innocent = put(2);
    try (EpochReader reader = reader()) {
      reader.take(far());
      reader.take(far());
      perhapsPoison.abandon(); // and it may still be in the pipeline
      for (int i = 1; i <= 9; i++) {
        reader.failed(new FailureCause("E", null, "which of them?"));
      }
      assertThat(innocent.isOpen()).isTrue();
      reader.failed(new FailureCause("E", null, "the tenth time"));
    }
    assertThat(innocent.answer().orElseThrow().status()).isEqualTo(500);
  }

  @Test
  void whereRowsPassOneByOneWhoseClientHasGoneIsOut() throws Exception {
    FakePendingRequest gone = put(1);
    FakePendingRequest poison = put(2);
    try (EpochReader reader = reader()) {
      reader.passesOneByOne();
      reader.take(far());
      gone.abandon();
      reader.take(far());
      reader.failed(new FailureCause("E", null, "first"));
      reader.failed(new FailureCause("E", null, "second"));
    }
    assertThat(poison.answer().orElseThrow().status()).isEqualTo(500);
  }

  @Test
  void whatFailsTogetherIsNotQuarantinedButGoesAloneFromThenOn() throws Exception {
    FakePendingRequest one = put(1);
    FakePendingRequest two = put(2);
    try (EpochReader reader = reader()) {
      reader.take(far());
      reader.take(far());
      for (int i = 0; i < 5; i++) {
        reader.failed(new FailureCause("E", null, "any of them?"));
      }
    }
    assertThat(one.isOpen() && two.isOpen()).isTrue();
    attempt.left.addAll(attempt.recorded);
    attempt.recorded.clear();
    try (EpochReader alone = reader()) {
      assertThat(alone.take(far())).isSameAs(one);
      assertThat(alone.take(far())).as("while one is in the pipeline").isNull();
    }
    assertThat(intake.poll()).as("given back when the epoch ended").isSameAs(two);
  }

  @Test
  void aSuspectThatHasComeOutDoesNotHoldUpTheNext() throws Exception {
    FakePendingRequest suspect = put(1);
    suspect.suspicion().raise();
    FakePendingRequest next = put(2);
    try (EpochReader reader = reader()) {
      assertThat(reader.take(far())).isSameAs(suspect);
      finish(suspect);
      assertThat(reader.take(far())).isSameAs(next);
    }
  }

  @Test
  void aSuspectWaitsUntilAllOthersHaveComeOut() throws Exception {
    FakePendingRequest first = put(1);
    FakePendingRequest suspect = put(2);
    suspect.suspicion().raise();
    try (EpochReader reader = reader()) {
      assertThat(reader.take(far())).isSameAs(first);
      assertThat(reader.take(far())).as("first is still inside").isNull();
      finish(first);
      assertThat(reader.take(far())).isSameAs(suspect);
    }
  }

  @Test
  void anEndlessEpochWaitsForASuspectToComeOut() throws Exception {
    FakePendingRequest suspect = put(1);
    suspect.suspicion().raise();
    FakePendingRequest next = put(2);
    try (EpochReader reader = reader()) {
      assertThat(reader.takeInEndlessEpoch(far())).isSameAs(suspect);
      CompletableFuture<Void> later =
          CompletableFuture.runAsync(
              () -> finish(suspect), CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
      assertThat(reader.takeInEndlessEpoch(far())).isSameAs(next);
      assertThat(suspect.isOpen()).isFalse();
      later.join();
    }
  }

  @Test
  void aSealedEpochIsReadAgainAsItWasAndEnds() throws Exception {
    attempt.sealed = true;
    FakePendingRequest fresh = put(3);
    FakePendingRequest one = leftBefore(1);
    FakePendingRequest two = leftBefore(2);
    two.suspicion().raise();
    try (EpochReader reader = reader()) {
      assertThat(reader.take(far())).isSameAs(one);
      assertThat(reader.take(far())).as("not held back, though a suspect").isSameAs(two);
      assertThat(reader.take(far())).as("ends at once").isNull();
      reader.succeeded();
    }
    assertThat(attempt.complete).isTrue();
    assertThat(intake.poll()).isSameAs(fresh);
  }

  @Test
  void requestsThatFailWithoutProgressForTooLongAreQuarantined() {
    attempt.timesInVain = 11;
    FakePendingRequest one = leftBefore(1);
    FakePendingRequest two = put(2);
    try (EpochReader reader = reader()) {
      assertThat(reader.poll()).isSameAs(two);
    }
    assertThat(one.answer()).hasValueSatisfying(a -> assertThat(a.status()).isEqualTo(500));
    assertThat(one.suspicion().isQuarantined()).isTrue();
    assertThat(service.counts().quarantined()).isEqualTo(1);
  }

  @Test
  void whatATaskDidNotComeToIsForOthers() {
    FakePendingRequest left = leftBefore(1);
    EpochReader reader = reader(); // whose task is over before it was asked for a request
    reader.close();
    reader.succeeded();

    assertThat(intake.poll()).isSameAs(left);
  }
}
