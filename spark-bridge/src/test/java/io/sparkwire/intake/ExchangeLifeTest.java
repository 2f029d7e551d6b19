package io.sparkwire.intake;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.LoopHarness;
import io.sparkwire.exchange.RecordingObserver;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.EpochShare;
import io.sparkwire.history.HeapEpochHistory;
import io.sparkwire.history.Replay;
import io.sparkwire.message.PendingRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an observer sees of exchanges that go through a real intake to real readers. */
class ExchangeLifeTest {

  private static final EpochShare SHARE = new EpochShare("s", "q", 1, 0);
  private static final RetryPolicy POLICY = new RetryPolicy(9, Replay.UNFINISHED, ErrorDetail.TYPE);
  private static final SparseLog LOG = new SparseLog((event, line) -> {}, (millis, action) -> {});
  private static final FailureCause CAUSE = new FailureCause("Type", null, null);

  private final RecordingObserver observer = new RecordingObserver();
  private final LoopHarness loop = new LoopHarness(ofMillis(100), observer);
  private final Intake intake = new Intake("s", 64, new HandTimer());
  private final EpochHistory history = new HeapEpochHistory();

  @BeforeEach
  void takeRequests() {
    loop.dispatcher().take("s", intake);
  }

  @AfterEach
  void stop() {
    loop.close();
  }

  private EpochReader reader(Replay replay) {
    Quarantine quarantine = new Quarantine(loop.service, POLICY, LOG);
    LeftOut leftOut = LeftOut.of(loop.service);
    return new EpochReader(
        intake, history.begin(SHARE, replay), quarantine, leftOut, succeeded -> {});
  }

  /** An exchange whose request is in the intake, one millisecond after it was opened. */
  private Exchange queued() {
    Exchange exchange = loop.received(loop.open("a"));
    loop.pass(ofMillis(1));
    loop.handOff(exchange);
    await().atMost(ofSeconds(10)).until(() -> intake.size() == 1);
    return exchange;
  }

  private void answer(PendingRequest request) {
    loop.pass(ofMillis(1));
    assertThat(request.answer(LoopHarness.reply("yes"))).isTrue();
    awaitSent();
  }

  private void awaitSent() {
    await().atMost(ofSeconds(10)).until(() -> loop.sent.size() == 1);
  }

  @Test
  void itIsHandedOffTakenAndAnswered() {
    queued();
    loop.pass(ofMillis(1));
    try (EpochReader reader = reader(Replay.UNFINISHED)) {
      answer(reader.poll());
    }

    assertThat(observer.events)
        .containsExactly(
            "opened",
            "handed off after 1 ms",
            "taken after 2 ms",
            "computed in 1 + 1 ms",
            "answered after 3 ms");
  }

  @Test
  void itIsTakenAgainWithEachReplay() {
    queued();
    try (EpochReader reader = reader(Replay.UNFINISHED)) {
      assertThat(reader.poll()).isNotNull();
      loop.pass(ofMillis(1));
      reader.failed(CAUSE);
    }
    try (EpochReader reader = reader(Replay.UNFINISHED)) {
      answer(reader.poll());
    }

    assertThat(observer.events)
        .containsExactly(
            "opened",
            "handed off after 1 ms",
            "taken after 1 ms",
            "replayed",
            "taken after 2 ms",
            "computed in 1 + 1 ms",
            "answered after 3 ms");
  }

  @Test
  void itIsNotTakenAgainForItsEffectOnceItIsAnswered() {
    queued();
    try (EpochReader reader = reader(Replay.EXACT)) {
      answer(reader.poll());
      reader.failed(CAUSE);
    }
    try (EpochReader reader = reader(Replay.EXACT)) {
      assertThat(reader.poll()).isNotNull();
    }

    assertThat(observer.events)
        .containsExactly(
            "opened",
            "handed off after 1 ms",
            "taken after 1 ms",
            "computed in 0 + 1 ms",
            "answered after 2 ms");
  }

  @Test
  void itIsAbandonedWhileAReaderHasIt() {
    Exchange exchange = queued();
    try (EpochReader reader = reader(Replay.UNFINISHED)) {
      assertThat(reader.poll()).isSameAs(exchange);
      loop.pass(ofMillis(1));
      loop.runOnLoop(exchange::abandon);
    }

    assertThat(observer.events)
        .containsExactly(
            "opened",
            "handed off after 1 ms",
            "taken after 1 ms",
            "computed in 0 + 1 ms",
            "abandoned after 2 ms");
  }

  @Test
  void itExpiresWhereNoReaderTakesIt() {
    queued();
    loop.pass(ofMillis(99));
    awaitSent();
    try (EpochReader reader = reader(Replay.UNFINISHED)) {
      assertThat(reader.poll()).isNull();
    }

    assertThat(observer.events)
        .containsExactly("opened", "handed off after 1 ms", "expired after 100 ms");
  }
}
