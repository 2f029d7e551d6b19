package io.sparkwire.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.history.EpochHistory;
import io.sparkwire.protocol.FakePendingRequest;
import io.sparkwire.protocol.PendingRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EpochReaderTest {

  private final Intake intake = new Intake("s", 64, new HandTimer());
  private final FakeAttempt attempt = new FakeAttempt();

  /** An attempt that tells what it was told. */
  private static final class FakeAttempt implements EpochHistory.Attempt {

    final List<PendingRequest> left = new ArrayList<>();
    final List<PendingRequest> recorded = new ArrayList<>();

    @Override
    public List<PendingRequest> unfinished() {
      return List.copyOf(left);
    }

    @Override
    public void pulled(PendingRequest request) {
      recorded.add(request);
    }
  }

  @AfterEach
  void noInterruptIsLeftToOtherTests() {
    assertThat(Thread.interrupted()).isFalse();
  }

  private EpochReader reader() {
    return new EpochReader(intake, attempt);
  }

  private FakePendingRequest leftBefore(long number) {
    FakePendingRequest request = FakePendingRequest.number(number);
    attempt.left.add(request);
    return request;
  }

  private FakePendingRequest put(long number) {
    FakePendingRequest request = FakePendingRequest.number(number);
    intake.accept(request);
    return request;
  }

  private static long far() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
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
  void everyFreshRequestIsInTheHistoryBeforeAnybodySeesIt() throws Exception {
    try (EpochReader reader = reader()) {
      for (long number = 0; number < 10; number++) {
        put(number);
        PendingRequest seen = number % 2 == 0 ? reader.poll() : reader.take(far());
        assertThat(attempt.recorded).hasSize((int) number + 1).last().isSameAs(seen);
      }
    }
  }

  @Test
  void whatIsReplayedIsInTheHistoryAlready() {
    leftBefore(1);
    try (EpochReader reader = reader()) {
      assertThat(reader.poll()).isNotNull();
    }
    assertThat(attempt.recorded).isEmpty();
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
        .hasMessageContaining("the task was told to end while it waited for requests");
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
}
