package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.ServiceOffer;
import io.sparkwire.dispatch.Notice.Kind;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.LoopHarness;
import io.sparkwire.exchange.RecordingObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OutstandingExchangesTest {

  private static final NodeId W1 = new NodeId("w1");
  private static final NodeId W2 = new NodeId("w2");
  private static final ServiceSpec SPEC =
      TestSpec.of("s").maxInFlight(10).timeout(Duration.ofSeconds(1)).build();
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration A_SECOND = Duration.ofMillis(1_001);

  private final RecordingObserver observer = new RecordingObserver();
  private final LoopHarness loop = new LoopHarness(LONG, observer);
  private final WorkerDirectory workers = new WorkerDirectory(new NodeId("n1"));
  private final List<NodeId> sentTo = new ArrayList<>();
  private final List<HandOffMessage> sent = new ArrayList<>();
  private final List<String> notices = new ArrayList<>();
  private final List<Exchange> overflow = new ArrayList<>();
  private final Set<NodeId> unreachable = new HashSet<>();
  private final OutstandingExchanges handOffs =
      new OutstandingExchanges(
          new WorkerAssignment(
              workers,
              this::send,
              (exchange, othersAreFull) -> othersAreFull && overflow.add(exchange),
              loop::nanoTime),
          (node, notice) -> notices.add(node + " " + notice.kind() + " " + notice.sequence()),
          loop::nanoTime);

  @AfterEach
  void stop() {
    loop.close();
  }

  private void send(NodeId worker, HandOffMessage handOff) {
    sentTo.add(worker);
    sent.add(handOff);
    if (unreachable.contains(worker)) {
      unreached(worker, handOff.request().id().sequence());
    }
  }

  private void unreached(NodeId worker, long sequence) {
    handOffs.unreached(worker, sequence);
  }

  private void serving(NodeId... nodes) {
    workers.update(Stream.of(nodes).map(node -> new ServiceOffer(node, SPEC, 10)).toList());
    handOffs.changed();
  }

  private Exchange add(String name) {
    Exchange exchange = loop.received(loop.open(name));
    handOffs.add(exchange);
    return exchange;
  }

  private void accepted(NodeId by, Exchange exchange) {
    handOffs.noticed(by, Kind.ACCEPTED, exchange.sequence());
  }

  private void replied(NodeId by, Exchange exchange) {
    exchange.answer(LoopHarness.reply("yes"));
    handOffs.replied(by, exchange.sequence());
  }

  private void pass(Duration time) {
    loop.pass(time);
    handOffs.check();
  }

  @Test
  void eachGoesToTheWorkerWithTheFewestOutstanding() {
    serving(W1, W2);
    Exchange first = add("a");
    add("b");
    replied(W1, first);
    add("c");

    assertThat(sentTo).containsExactly(W1, W2, W1);
    assertThat(notices).isEmpty();
  }

  @Test
  void theDeadlineTravelsAsWhatIsLeftOfIt() {
    serving(W1);
    Exchange exchange = loop.received(loop.open("a"));
    loop.pass(Duration.ofMillis(300));
    handOffs.add(exchange);

    assertThat(sent.get(0).remainingMillis()).isEqualTo(LONG.toMillis() - 300);
  }

  @Test
  void whatNoWorkerAcceptsGoesToAnotherAfterASecond() {
    serving(W1, W2);
    add("a");
    pass(Duration.ofMillis(900));
    assertThat(sentTo).containsExactly(W1);
    pass(Duration.ofMillis(101));

    assertThat(sentTo).containsExactly(W1, W2);
  }

  @Test
  void aWorkerThatWasNotReachedIsAskedLastForAWhile() {
    serving(W1, W2);
    unreachable.add(W1);
    add("a");
    add("b");
    assertThat(sentTo).containsExactly(W1, W2, W2);

    unreachable.clear();
    pass(A_SECOND);
    add("c");
    assertThat(sentTo.get(sentTo.size() - 1)).isEqualTo(W1);
  }

  @Test
  void theOnlyWorkerIsTriedAgainAndAgainButNotAtOnce() {
    serving(W1);
    unreachable.add(W1);
    add("a");
    assertThat(sentTo).containsExactly(W1);
    handOffs.check();
    assertThat(sentTo).containsExactly(W1, W1);
  }

  @Test
  void whatAFullWorkerRefusesGoesToTheNext() {
    serving(W1, W2);
    Exchange exchange = add("a");
    handOffs.noticed(W1, Kind.FULL, exchange.sequence());

    assertThat(sentTo).containsExactly(W1, W2);
    assertThat(overflow).isEmpty();
  }

  @Test
  void whatAllRefuseIsForTheLastResort() {
    serving(W1, W2);
    Exchange exchange = add("a");
    handOffs.noticed(W1, Kind.FULL, exchange.sequence());
    handOffs.noticed(W2, Kind.FULL, exchange.sequence());

    assertThat(overflow).containsExactly(exchange);
    assertThat(handOffs.size()).isZero();
  }

  @Test
  void aLateWordOfAnotherWorkerChangesNothing() {
    serving(W1, W2);
    Exchange exchange = add("a");
    pass(A_SECOND);
    handOffs.noticed(W1, Kind.FULL, exchange.sequence());

    assertThat(sentTo).containsExactly(W1, W2);
  }

  @Test
  void whatAWorkerGivesBackGoesToAnother() {
    serving(W1, W2);
    Exchange exchange = add("a");
    accepted(W1, exchange);
    handOffs.noticed(W1, Kind.RETURNED, exchange.sequence());

    assertThat(sentTo).containsExactly(W1, W2);
  }

  @Test
  void whatALostWorkerHadGoesToOthersAtOnce() {
    serving(W1, W2);
    accepted(W1, add("a"));
    accepted(W2, add("b"));
    serving(W2);
    handOffs.left(W1);

    assertThat(sentTo).containsExactly(W1, W2, W2);
  }

  @Test
  void whatNoWorkerComputesWaitsForOne() {
    Exchange exchange = add("a");
    pass(Duration.ofMinutes(1));
    assertThat(sentTo).isEmpty();
    serving(W2);

    assertThat(sentTo).containsExactly(W2);
    assertThat(exchange.isOpen()).isTrue();
  }

  @Test
  void whatIsWithWorkersWhenTheyAreLostIsRefusedAtTheThird() {
    serving(W1);
    Exchange exchange = add("a");
    for (int lost = 1; lost <= OutstandingExchanges.MOST_LOST; lost++) {
      assertThat(exchange.isOpen()).isTrue();
      accepted(W1, exchange);
      handOffs.left(W1);
    }

    loop.awaitOnly("a 503 ", "3 workers were lost while they had this request");
  }

  @Test
  void aWorkerThatIsLostBeforeItCouldSayThatItHadARequestMayHaveHadIt() {
    serving(W1);
    Exchange exchange = add("a");
    for (int lost = 1; lost <= OutstandingExchanges.MOST_LOST; lost++) {
      assertThat(exchange.isOpen()).isTrue();
      handOffs.left(W1);
    }

    loop.awaitOnly("a 503 ", "3 workers were lost while they had this request");
  }

  @Test
  void aWorkerThatIsLostAfterItsRequestWasGivenToAnotherMayHaveHadIt() {
    List<NodeId> killed = List.of(new NodeId("k1"), new NodeId("k2"), new NodeId("k3"));
    serving(killed.get(0));
    Exchange exchange = add("a");
    for (NodeId next : List.of(killed.get(1), killed.get(2), W1)) {
      serving(next);
      pass(A_SECOND);
    }
    accepted(W1, exchange);
    assertThat(sentTo).containsExactly(killed.get(0), killed.get(1), killed.get(2), W1);
    handOffs.left(killed.get(0));
    handOffs.left(killed.get(1));
    assertThat(exchange.isOpen()).isTrue();
    handOffs.left(killed.get(2));

    loop.awaitOnly("a 503 ", "3 workers were lost while they had this request");
    assertThat(notices).containsExactly("w1 FINISHED " + exchange.sequence());
    assertThat(handOffs.size()).isZero();
  }

  @Test
  void aLostWorkerThatWasInDoubtWhenItWasAskedHadNothing() {
    serving(W1);
    unreachable.add(W1);
    Exchange exchange = add("a");
    unreachable.clear();
    handOffs.check();
    for (int lost = 0; lost < 2 * OutstandingExchanges.MOST_LOST; lost++) {
      handOffs.left(W1);
    }

    assertThat(sentTo).hasSize(2 + 2 * OutstandingExchanges.MOST_LOST);
    assertThat(exchange.isOpen()).isTrue();
  }

  @Test
  void aReplyIsAsGoodAsAWordThatTheWorkerHadTheRequest() {
    serving(W1);
    unreachable.add(W1);
    Exchange exchange = add("a");
    unreachable.clear();
    handOffs.check();
    replied(W1, exchange);
    serving(W1, W2);
    add("b");

    assertThat(sentTo).containsExactly(W1, W1, W1);
  }

  @Test
  void thatAnEarlierWorkerWasNotReachedChangesNothing() {
    serving(W1, W2);
    Exchange exchange = add("a");
    pass(A_SECOND);
    handOffs.unreached(W1, exchange.sequence());

    assertThat(sentTo).containsExactly(W1, W2);
  }

  @Test
  void whatTakesLongIsOfferedAgainToTheWorkerThatHasIt() {
    serving(W1, W2);
    Exchange exchange = add("a");
    accepted(W1, exchange);
    pass(Duration.ofMillis(5_001));
    accepted(W1, exchange);
    pass(A_SECOND);

    assertThat(sentTo).containsExactly(W1, W1);
  }

  @Test
  void thatAWorkerHasItIsObservedOnceForEachWorker() {
    serving(W1, W2);
    Exchange exchange = add("a");
    accepted(W1, exchange);
    accepted(W1, exchange);
    pass(Duration.ofMillis(5_001));
    accepted(W1, exchange);
    assertThat(observer.events).containsExactly("opened", "taken after 0 ms");
    serving(W2);
    handOffs.left(W1);
    accepted(W2, exchange);

    assertThat(observer.events)
        .containsExactly("opened", "taken after 0 ms", "taken after 5001 ms");
  }

  @Test
  void thatAWorkerHasFoundItInTheHistoryIsObserved() {
    Exchange exchange = add("a");
    loop.pass(Duration.ofMillis(300));
    handOffs.claim(W1, exchange.sequence(), exchange);
    handOffs.claim(W2, exchange.sequence(), exchange);

    assertThat(observer.events).containsExactly("opened", "taken after 300 ms");
  }

  @Test
  void aWorkerThatHasNotAcceptedInTimeGetsTheNoticeToo() {
    serving(W1);
    Exchange exchange = add("a");
    pass(A_SECOND); // and now it waits, since its only worker is in doubt
    exchange.answer(LoopHarness.reply("of rows"));
    handOffs.answeredByRows(exchange.sequence());
    assertThat(notices).containsExactly("w1 FINISHED " + exchange.sequence());

    serving(W1, W2);
    Exchange other = add("b");
    NodeId first = sentTo.get(sentTo.size() - 1);
    pass(A_SECOND);
    NodeId second = sentTo.get(sentTo.size() - 1);
    assertThat(second).isNotEqualTo(first);
    replied(second, other);
    assertThat(notices).hasSize(2).contains(first + " FINISHED " + other.sequence());
  }

  @Test
  void aWorkerGetsANoticeOfWhatAnotherHasAnswered() {
    serving(W1, W2);
    Exchange exchange = add("a");
    replied(W2, exchange);

    assertThat(notices).containsExactly("w1 FINISHED " + exchange.sequence());
    assertThat(handOffs.size()).isZero();
  }

  @Test
  void whatNoWorkerHasIsGrantedToTheOneThatFoundItInTheHistory() {
    Exchange exchange = add("a");
    loop.pass(Duration.ofMillis(300));

    assertThat(handOffs.claim(W1, exchange.sequence(), exchange)).isEqualTo(LONG.toMillis() - 300);
    assertThat(handOffs.claim(W2, exchange.sequence(), exchange))
        .isEqualTo(OutstandingExchanges.DENIED);
    serving(W2);
    pass(A_SECOND);
    assertThat(sentTo).isEmpty();
    handOffs.left(W1);
    assertThat(sentTo).containsExactly(W2);
  }

  @Test
  void whatAnotherWorkerHasOrNoClientWaitsForIsDenied() {
    serving(W1);
    Exchange exchange = add("a");
    assertThat(handOffs.claim(W2, exchange.sequence(), exchange))
        .isEqualTo(OutstandingExchanges.DENIED);
    replied(W1, exchange);

    assertThat(handOffs.claim(W1, exchange.sequence(), null))
        .isEqualTo(OutstandingExchanges.DENIED);
    assertThat(handOffs.claim(W1, 99, null)).isEqualTo(OutstandingExchanges.DENIED);
  }

  @Test
  void whatThisNodeComputedItselfIsGrantedToTheWorkerThatHasBegunItsShare() {
    Exchange exchange = loop.received(loop.open("a"));

    assertThat(handOffs.claim(W1, exchange.sequence(), exchange)).isPositive();
    assertThat(handOffs.claim(W2, exchange.sequence(), exchange))
        .isEqualTo(OutstandingExchanges.DENIED);
    serving(W2);
    handOffs.left(W1);
    assertThat(sentTo).containsExactly(W2);
  }

  @Test
  void aWorkerWithoutReadersIsAskedOnlyIfThereIsNoOther() {
    workers.update(List.of(new ServiceOffer(W1, SPEC, 0)));
    assertThat(workers.isRead("s")).isFalse();
    add("a");
    workers.update(List.of(new ServiceOffer(W1, SPEC, 0), new ServiceOffer(W2, SPEC, 10)));
    assertThat(workers.isRead("s")).isTrue();
    add("b");
    add("c");

    assertThat(sentTo).containsExactly(W1, W2, W2);
  }

  @Test
  void aWorkerGetsANoticeThatNoClientWaits() {
    serving(W1);
    Exchange exchange = add("a");
    loop.runOnLoop(exchange::abandon);
    handOffs.check();

    assertThat(notices).containsExactly("w1 FINISHED " + exchange.sequence());
    assertThat(handOffs.size()).isZero();
    add("b");
    assertThat(workers.least("s", List.of(), loop.nanoTime()).outstanding()).isEqualTo(1);
  }
}
