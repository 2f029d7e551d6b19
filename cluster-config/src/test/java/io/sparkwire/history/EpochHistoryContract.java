package io.sparkwire.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ServiceReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every history promises. Requests are compared by their number. */
abstract class EpochHistoryContract {

  static final EpochShare KEY = new EpochShare("s", "q", 1, 0);

  private static final int UNFINISHED = 100;

  /** Above this, it does not keep its size near that of the unfinished requests. */
  private static final int SMALL = 4 * UNFINISHED + 256;

  private static final int MANY = 4 * SMALL;

  private EpochHistory history;

  /** A new, empty history. */
  abstract EpochHistory history();

  @BeforeEach
  void begin() {
    history = history();
  }

  private static void finish(FakePendingRequest request) {
    assertThat(request.answer(ServiceReply.ok("text/plain", new byte[0]))).isTrue();
  }

  private FakePendingRequest pulled(EpochHistory.Attempt attempt, long number) {
    return pulled(attempt, FakePendingRequest.number(number));
  }

  /** What a reader does with a request that waits. */
  static FakePendingRequest pulled(EpochHistory.Attempt attempt, FakePendingRequest request) {
    Queue<PendingRequest> waiting = new ArrayDeque<>(List.of(request));
    assertThat(attempt.draw(waiting::poll)).isSameAs(request);
    assertThat(attempt.pulled(request)).isTrue();
    return request;
  }

  private void pulledOne(EpochShare key) {
    pulled(history.begin(key, Replay.UNFINISHED), key.epoch());
  }

  private List<Long> unfinished(EpochShare key) {
    return replayed(history.begin(key, Replay.UNFINISHED));
  }

  /** Hands over all that an attempt has to replay, as a reader does. */
  static List<Long> replayed(EpochHistory.Attempt attempt) {
    List<PendingRequest> replayed = new ArrayList<>();
    for (PendingRequest r = attempt.replay(); r != null; r = attempt.replay()) {
      attempt.pulled(r);
      replayed.add(r);
    }
    return numbers(replayed);
  }

  private static List<Long> numbers(List<PendingRequest> requests) {
    return requests.stream().map(r -> r.request().id().sequence()).toList();
  }

  @Test
  void aFirstAttemptHasNothingToReplay() {
    assertThat(unfinished(KEY)).isEmpty();
    assertThat(history.size()).isZero();
  }

  @Test
  void whatIsUnfinishedComesBackInOrder() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.UNFINISHED);
    for (long number : new long[] {3, 1, 2}) {
      pulled(first, number);
    }

    assertThat(history.size()).isEqualTo(3);
    assertThat(unfinished(KEY)).containsExactly(3L, 1L, 2L);
    assertThat(history.size()).isEqualTo(3);
  }

  @Test
  void whatIsFinishedDoesNotComeBack() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.UNFINISHED);
    FakePendingRequest answered = pulled(first, 1);
    pulled(first, 2);
    FakePendingRequest abandoned = pulled(first, 3);
    pulled(first, 4);
    finish(answered);
    abandoned.abandon();

    assertThat(history.size()).isEqualTo(2);
    assertThat(unfinished(KEY)).containsExactly(2L, 4L);
  }

  @Test
  void anAttemptRemembersThatAClientHasGone() {
    EpochHistory.Attempt attempt = history.begin(KEY, Replay.UNFINISHED);
    for (int i = 0; i < 1_000; i++) { // so that it drops what has ended
      finish(pulled(attempt, i));
    }
    assertThat(attempt.mayHaveHandedOverMore()).isFalse();
    pulled(attempt, 1_000).abandon();
    assertThat(attempt.mayHaveHandedOverMore()).isTrue();
    for (int i = 1_001; i < 3_000; i++) {
      finish(pulled(attempt, i));
    }
    assertThat(attempt.mayHaveHandedOverMore()).isTrue();
    assertThat(history.begin(KEY, Replay.UNFINISHED).mayHaveHandedOverMore()).isFalse();
  }

  @Test
  void aSecondAttemptOwnsWhatTheFirstLeft() {
    pulled(history.begin(KEY, Replay.UNFINISHED), 1);
    EpochHistory.Attempt second = history.begin(KEY, Replay.UNFINISHED);
    assertThat(replayed(second)).containsExactly(1L);
    pulled(second, 2);

    assertThat(numbers(second.handedOver())).containsExactly(1L, 2L);
    assertThat(unfinished(KEY)).containsExactly(1L, 2L);
  }

  @Test
  void whatASecondAttemptFinishesAThirdDoesNotSee() {
    FakePendingRequest one = pulled(history.begin(KEY, Replay.UNFINISHED), 1);
    EpochHistory.Attempt second = history.begin(KEY, Replay.UNFINISHED);
    FakePendingRequest two = pulled(second, 2);
    pulled(second, 3);
    finish(one);
    finish(two);

    assertThat(unfinished(KEY)).containsExactly(3L);
  }

  @Test
  void aCommitForgetsEpochsUpToItsOwn() {
    for (long epoch = 1; epoch <= 4; epoch++) {
      pulledOne(new EpochShare("s", "q", epoch, 0));
      pulledOne(new EpochShare("s", "q", epoch, 1));
    }
    history.committed("s", "q", 2);

    assertThat(history.size()).isEqualTo(4);
    for (int partition = 0; partition < 2; partition++) {
      assertThat(unfinished(new EpochShare("s", "q", 1, partition))).isEmpty();
      assertThat(unfinished(new EpochShare("s", "q", 2, partition))).isEmpty();
      assertThat(unfinished(new EpochShare("s", "q", 3, partition))).containsExactly(3L);
      assertThat(unfinished(new EpochShare("s", "q", 4, partition))).containsExactly(4L);
    }
  }

  @Test
  void aCommitAgainOrOfNothingChangesNothing() {
    pulledOne(new EpochShare("s", "q", 3, 0));
    history.committed("s", "q", 2);
    history.committed("s", "q", 2);
    history.committed("nobody", "q", 9);

    assertThat(unfinished(new EpochShare("s", "q", 3, 0))).containsExactly(3L);
  }

  @Test
  void otherServicesQueriesEpochsAndPartitionsKeepTheirOwn() {
    EpochShare[] others = {
      new EpochShare("s", "q", 1, 1),
      new EpochShare("s", "q", 2, 0),
      new EpochShare("s", "r", 1, 0),
      new EpochShare("t", "q", 1, 0),
    };
    pulledOne(KEY);
    for (EpochShare other : others) {
      assertThat(unfinished(other)).isEmpty();
      pulledOne(other);
    }
    history.committed("s", "q", 1);

    assertThat(unfinished(new EpochShare("s", "q", 2, 0))).containsExactly(2L);
    assertThat(unfinished(new EpochShare("s", "r", 1, 0))).containsExactly(1L);
    assertThat(unfinished(new EpochShare("t", "q", 1, 0))).containsExactly(1L);
  }

  @Test
  void whatAnAttemptDidNotReplayComesBackAfterWhatItHandedOver() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.UNFINISHED);
    for (long number = 1; number <= 3; number++) {
      pulled(first, number);
    }
    EpochHistory.Attempt second = history.begin(KEY, Replay.UNFINISHED);
    second.pulled(second.replay());

    assertThat(numbers(second.handedOver())).containsExactly(1L);
    assertThat(unfinished(KEY)).containsExactly(1L, 2L, 3L);
  }

  @Test
  void whatIsGivenBackIsNoLongerTheAttempts() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.UNFINISHED);
    pulled(first, 1);
    finish(pulled(first, 2));
    pulled(first, 3);
    EpochHistory.Attempt second = history.begin(KEY, Replay.UNFINISHED);
    second.pulled(second.replay());

    assertThat(numbers(second.giveBack())).containsExactly(3L);
    assertThat(unfinished(KEY)).containsExactly(1L);
  }

  @Test
  void aReclaimedQueryLeavesNothing() {
    pulledOne(new EpochShare("s", "q", 0, 0));
    pulledOne(new EpochShare("s", "q", Long.MAX_VALUE, 1));
    pulledOne(new EpochShare("s", "r", 1, 0));
    pulledOne(new EpochShare("t", "q", 1, 0));
    assertThat(numbers(history.reclaim("s", "q"))).containsExactlyInAnyOrder(0L, Long.MAX_VALUE);

    assertThat(history.size()).isEqualTo(2);
    assertThat(unfinished(new EpochShare("s", "q", 0, 0))).isEmpty();
    assertThat(unfinished(new EpochShare("s", "q", Long.MAX_VALUE, 1))).isEmpty();
  }

  @Test
  void anAttemptThatWasTakenOverRecordsNothing() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.UNFINISHED);
    EpochHistory.Attempt second = history.begin(KEY, Replay.UNFINISHED);
    assertThat(first.pulled(FakePendingRequest.number(1))).isFalse();
    assertThat(second.pulled(FakePendingRequest.number(2))).isTrue();
    assertThat(numbers(history.reclaim("s", "q"))).containsExactly(2L);
    assertThat(second.pulled(FakePendingRequest.number(3))).isFalse();
  }

  @Test
  void sizeStaysSmallHoweverManyRequestsFinish() {
    EpochHistory.Attempt attempt = history.begin(KEY, Replay.UNFINISHED);
    Queue<FakePendingRequest> open = new ArrayDeque<>();
    for (long number = 0; number < MANY; number++) {
      open.add(pulled(attempt, number));
      if (open.size() > UNFINISHED) {
        finish(open.remove());
      }
      if (number % 100 == 0) {
        assertThat(history.size()).isBetween(open.size(), SMALL);
      }
    }

    assertThat(unfinished(KEY))
        .containsExactlyElementsOf(open.stream().map(r -> r.request().id().sequence()).toList());
  }

  @Test
  void sizeMayBeAskedWhileRequestsArePulled() throws Exception {
    EpochHistory.Attempt attempt = history.begin(KEY, Replay.UNFINISHED);
    CompletableFuture<Integer> largest =
        CompletableFuture.supplyAsync(
            () -> {
              int seen = 0;
              for (int i = 0; i < 1_000; i++) {
                seen = Math.max(seen, history.size());
              }
              return seen;
            });
    long number = 0;
    while (!largest.isDone() || number < MANY) {
      FakePendingRequest request = pulled(attempt, number);
      if (number >= UNFINISHED) {
        finish(request);
      }
      number++;
    }

    assertThat(largest.get(10, TimeUnit.SECONDS)).isLessThanOrEqualTo(SMALL);
    assertThat(history.size()).isEqualTo(UNFINISHED);
  }

  @Test
  void anExactReplayHandsOverWhatWasAnsweredToo() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.EXACT);
    FakePendingRequest one = pulled(first, 1);
    pulled(first, 2);
    finish(one);
    EpochHistory.Attempt second = history.begin(KEY, Replay.EXACT);

    assertThat(replayed(second)).containsExactly(1L, 2L);
    assertThat(second.takesNew()).as("before a task has read it to its end").isTrue();
    assertThat(first.pulled(FakePendingRequest.number(3))).isFalse();
    pulled(second, 3);
    assertThat(replayed(history.begin(KEY, Replay.EXACT))).containsExactlyInAnyOrder(1L, 2L, 3L);
  }

  @Test
  void anEpochThatWasReadToItsEndStaysAsItWas() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.EXACT);
    finish(pulled(first, 1));
    pulled(first, 2);
    finish(pulled(first, 3));
    first.complete();
    for (int times = 1; times < 4; times++) {
      EpochHistory.Attempt again = history.begin(KEY, Replay.EXACT);
      assertThat(again.takesNew()).isFalse();
      assertThat(again.timesInVain()).isEqualTo(times);
      assertThat(replayed(again)).containsExactly(1L, 2L, 3L);
    }
    assertThat(history.size()).as("of the unfinished ones").isEqualTo(1);
    history.committed("s", "q", 1);
    assertThat(replayed(history.begin(KEY, Replay.EXACT))).isEmpty();
  }

  @Test
  void anExactReplayHasTheBodiesOfWhatWasAnswered() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.EXACT);
    finish(pulled(first, FakePendingRequest.with(1, new byte[] {1, 2, 3})));
    first.complete();

    PendingRequest again = history.begin(KEY, Replay.EXACT).replay();
    assertThat(again.isOpen()).isFalse();
    assertThat(again.request().body()).containsExactly(1, 2, 3);
  }

  @Test
  void anExactShareDrawsNothingThatHasEnded() {
    EpochHistory.Attempt attempt = history.begin(KEY, Replay.EXACT);
    FakePendingRequest ended = FakePendingRequest.number(1);
    finish(ended);
    FakePendingRequest open = FakePendingRequest.number(2);

    assertThat(attempt.draw(new ArrayDeque<PendingRequest>(List.of(ended, open))::poll))
        .isSameAs(open);
  }

  @Test
  void anExactShareIsBoundedInBytesToo() {
    EpochHistory.Attempt attempt = history.begin(KEY, Replay.EXACT);
    byte[] body = new byte[(int) (AttemptRequests.MOST_BYTES / 4)];
    int taken = 0;
    while (attempt.takesNew()) {
      pulled(attempt, FakePendingRequest.with(taken++, body));
    }
    assertThat(taken).isEqualTo(4);
  }

  @Test
  void aRequestInQuarantineIsNotReplayedExactly() {
    EpochHistory.Attempt first = history.begin(KEY, Replay.EXACT);
    FakePendingRequest poison = pulled(first, 1);
    pulled(first, 2);
    poison.suspicion().quarantine();
    finish(poison);

    assertThat(replayed(history.begin(KEY, Replay.EXACT))).containsExactly(2L);
  }
}
