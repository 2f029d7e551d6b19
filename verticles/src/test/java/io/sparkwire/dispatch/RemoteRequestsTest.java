package io.sparkwire.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.exchange.LoopHarness;
import io.sparkwire.exchange.RecordingObserver;
import io.sparkwire.exchange.RemoteTimes;
import io.sparkwire.message.FakePendingRequest;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RemoteRequestsTest {

  private static final NodeId ORIGIN = new NodeId("n1");

  private final List<String> notices = new ArrayList<>();
  private final List<RemoteTimes> times = new ArrayList<>();
  private final List<PendingRequest> taken = new ArrayList<>();
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
  private final RecordingObserver observer = new RecordingObserver();
  private final RemoteRequests requests =
      new RemoteRequests(
          (node, notice) -> {
            notices.add(node + " " + notice.kind() + " " + notice.sequence());
            times.add(notice.times());
          },
          now::get,
          service -> observer);

  @Test
  void whatItsReadersDoIsObservedAtTheEndOfARequest() {
    PendingRequest answered = receive(1);
    pass(2);
    answered.taken();
    pass(3);
    answered.taken();
    pass(4);
    answered.answer(ServiceReply.ok("text/plain", new byte[0]));
    PendingRequest finished = receive(2);
    finished.taken();
    requests.finished(id(2));
    receive(3);
    requests.finished(id(3));

    assertThat(observer.events)
        .containsExactly("replayed", "computed in 5 + 4 ms", "computed in 0 + 0 ms");
    assertThat(times).containsExactly(new RemoteTimes(2, 5_000, 4_000));
  }

  @Test
  void aRequestOfALostNodeIsReplayed() {
    assertThat(requests.revive(handOff(1).request(), 100)).isNotNull();
    assertThat(requests.revive(handOff(1).request(), 100)).isNull();

    assertThat(observer.events).containsExactly("replayed");
  }

  private void pass(long millis) {
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  private PendingRequest receive(long sequence) {
    requests.receive(handOff(sequence), taken::add);
    return taken.get(taken.size() - 1);
  }

  private static HandOffMessage handOff(long sequence) {
    return new HandOffMessage(FakePendingRequest.number(sequence).request(), 100);
  }

  private static RequestId id(long sequence) {
    return new RequestId(ORIGIN, sequence);
  }

  @Test
  void theAnswerToWhatIsTakenGoesBack() {
    PendingRequest request = receive(7);

    assertThat(request.isOpen()).isTrue();
    assertThat(request.answer(LoopHarness.reply("yes"))).isTrue();
    assertThat(request.answer(LoopHarness.reply("no"))).isFalse();
    assertThat(request.isOpen()).isFalse();
    assertThat(notices).containsExactly("n1 REPLY 7");
    requests.check();
    assertThat(notices).hasSize(1);
    assertThat(requests.size()).isZero();
  }

  @Test
  void whatHasEndedIsAnIdAndAServiceHoweverItEnded() {
    PendingRequest answered = receive(7);
    PendingRequest finished = receive(8);
    PendingRequest givenBack = receive(9);
    PendingRequest overdue = receive(10);
    assertThat(answered.request().isWhole()).isTrue();
    answered.answer(LoopHarness.reply("yes"));
    requests.finished(id(8));
    requests.giveBack(givenBack);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    requests.check();

    assertThat(List.of(answered, finished, givenBack, overdue))
        .noneMatch(request -> request.request().isWhole() || request.retain())
        .extracting(request -> request.request().id())
        .containsExactly(id(7), id(8), id(9), id(10));
  }

  @Test
  void whatIsTakenAndNotAnsweredYetIsAcceptedOnce() {
    receive(7);
    assertThat(notices).isEmpty();
    requests.check();
    requests.check();

    assertThat(notices).containsExactly("n1 ACCEPTED 7");
  }

  @Test
  void anAnswerByIdFindsIt() {
    PendingRequest request = receive(7);

    assertThat(requests.answer(id(7), LoopHarness.reply("yes"))).isTrue();
    assertThat(request.isOpen()).isFalse();
    assertThat(notices).containsExactly("n1 REPLY 7");
  }

  @Test
  void anAnswerToWhatAnotherWorkerHasGoesToTheExchange() {
    assertThat(requests.answer(id(8), LoopHarness.reply("yes"))).isTrue();
    assertThat(notices).containsExactly("n1 REPLY 8");
  }

  @Test
  void aFullIntakeIsReportedAndNothingKept() {
    requests.receive(handOff(7), request -> false);

    assertThat(notices).containsExactly("n1 FULL 7");
    assertThat(requests.size()).isZero();
  }

  @Test
  void whatComesForAServiceThatIsNotHereGoesBack() {
    requests.receive(handOff(7), null);

    assertThat(notices).containsExactly("n1 RETURNED 7");
  }

  @Test
  void whatComesTwiceIsTakenOnceAndAcceptedAtOnce() {
    receive(7);
    receive(7);

    assertThat(taken).hasSize(1);
    assertThat(notices).containsExactly("n1 ACCEPTED 7");
  }

  @Test
  void whatNoClientWaitsForIsClosed() {
    PendingRequest finished = receive(1);
    requests.finished(id(1));
    assertThat(finished.isOpen()).isFalse();

    PendingRequest orphan = receive(2);
    requests.left(ORIGIN);
    assertThat(orphan.isOpen()).isFalse();

    PendingRequest overdue = receive(3);
    now.addAndGet(TimeUnit.MILLISECONDS.toNanos(100));
    assertThat(overdue.isOpen()).isFalse();
    requests.check();
    assertThat(requests.size()).isZero();
    assertThat(overdue.answer(LoopHarness.reply("late"))).isFalse();
  }

  @Test
  void whatIsGivenBackIsReported() {
    PendingRequest request = receive(7);
    requests.giveBack("t");
    assertThat(request.isOpen()).isTrue();
    requests.giveBack("s");

    assertThat(request.isOpen()).isFalse();
    assertThat(notices).containsExactly("n1 RETURNED 7");
  }
}
