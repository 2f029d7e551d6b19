package io.sparkwire.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.history.EpochShare;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.history.Replay;
import io.sparkwire.http.RawHttp;
import io.sparkwire.intake.EpochReader;
import io.sparkwire.intake.ErrorDetail;
import io.sparkwire.intake.NodeDuties;
import io.sparkwire.intake.OwnerEndedException;
import io.sparkwire.intake.Passage;
import io.sparkwire.intake.RetryPolicy;
import io.sparkwire.intake.ServedService;
import io.sparkwire.intake.ServedVersion;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServingNodeTest {

  private static final EpochShare KEY = new EpochShare("s", "q", 1, 0);

  private static final RetryPolicy RETRY = new RetryPolicy(2, Replay.UNFINISHED, ErrorDetail.TYPE);

  private final Node vertx = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private final ServingNode node = new ServingNode(vertx, HistoryMode.LOCAL, NodeDuties.WHOLE);

  @AfterEach
  void stop() {
    vertx.stop().await();
  }

  private static ServiceSpec spec(String name, int port) {
    return TestSpec.of(name).port(port).build();
  }

  private static long far() {
    return System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
  }

  private static ServiceReply reply(String text) {
    return ServiceReply.ok("text/plain", text.getBytes(UTF_8));
  }

  @Test
  void aRequestGoesThroughAReaderToItsReply() throws Exception {
    ServedService served = node.services().serve(spec("s", 0), "owner");
    try (RawHttp http = new RawHttp(served.port());
        EpochReader reader = node.services().epochs().reader(served, 1, KEY, RETRY)) {
      http.post("/s", "question");
      PendingRequest request = reader.take(far());
      assertThat(request.request().body()).asString(UTF_8).isEqualTo("question");
      assertThat(node.openExchanges()).isEqualTo(1);
      assertThat(node.history().size()).isEqualTo(1);

      assertThat(node.answer(request.request().id(), reply("answer"))).isTrue();
      assertThat(node.answer(request.request().id(), reply("again"))).isFalse();
      assertThat(http.receive().body()).isEqualTo("answer");
    }
    assertThat(node.openExchanges()).isZero();
    assertThat(node.history().size()).isZero();
  }

  @Test
  void anotherAttemptGetsWhatTheFirstLeft() throws Exception {
    ServedService served = node.services().serve(spec("s", 0), "owner");
    try (RawHttp http = new RawHttp(served.port())) {
      http.post("/s", "question");
      PendingRequest request;
      try (EpochReader first = node.services().epochs().reader(served, 1, KEY, RETRY)) {
        request = first.take(far());
      }
      try (EpochReader second = node.services().epochs().reader(served, 1, KEY, RETRY)) {
        assertThat(second.poll()).isSameAs(request);
      }
    }
  }

  @Test
  void theSameOwnerMayServeAgain() {
    ServedService first = node.services().serve(spec("s", 0), "owner");

    assertThat(node.services().serve(spec("s", 0), "owner")).isSameAs(first);
    assertThat(node.services().find("s")).isSameAs(first);
    assertThat(node.services().all()).containsExactly(first);
  }

  @Test
  void aNameIsServedForOneOwnerAtATime() {
    ServedService first = node.services().serve(spec("s", 0), "owner");
    assertThatThrownBy(() -> node.services().serve(spec("s", 0), "other"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("service 's' is already served by another query on this node");

    node.services().release("s", "other");
    assertThat(node.services().find("s")).isSameAs(first);
    node.services().release("s", "owner");
    assertThat(node.services().find("s")).isNull();
    assertThat(node.services().serve(spec("s", 0), "other")).isNotSameAs(first);
  }

  @Test
  void anOwnerThatHasReleasedItsServiceDoesNotServeAgain() {
    node.services().serve(spec("s", 0), "owner");
    node.services().release("s", "owner");
    node.services().release("t", "early");

    assertThatThrownBy(() -> node.services().serve(spec("s", 0), "owner"))
        .isInstanceOf(OwnerEndedException.class)
        .hasMessage("the query that served 's' has ended");
    assertThatThrownBy(() -> node.services().serve(spec("t", 0), "early"))
        .isInstanceOf(OwnerEndedException.class);
    assertThat(node.services().all()).isEmpty();
  }

  @Test
  void theOfferShowsTheSchemaThatTheServiceHasNowUntilItStops() {
    ServedService served = node.services().serve(spec("s", 0), "owner");
    ServiceSchema first = new ServiceSchema("a INT", "STRING");
    node.services().describe(served, first);
    assertThat(vertx.directory().offers()).isEmpty();

    try (EpochReader reader = node.services().epochs().reader(served, 1, KEY, RETRY)) {
      assertThat(reader).isNotNull();
      assertThat(offered()).isEqualTo(spec("s", 0).withSchema(first));
      ServiceSchema second = new ServiceSchema("b INT", "STRING");
      node.services().describe(served, second);
      assertThat(offered()).isEqualTo(spec("s", 0).withSchema(second));

      node.services().stopTaking(served);
      node.services().describe(served, first);
      assertThat(vertx.directory().offers()).isEmpty();
    }
  }

  private ServiceSpec offered() {
    assertThat(vertx.directory().offers()).hasSize(1).allMatch(offer -> offer.capacity() == 100);
    return vertx.directory().offers().get(0).spec();
  }

  @Test
  void releasingWhatIsNotServedDoesNothing() {
    node.services().release("nothing", "owner");

    assertThat(node.services().all()).isEmpty();
  }

  @Test
  void aReleaseAnswersWhatIsOpenAndWhatIsQueuedAndFreesThePort() throws Exception {
    ServedService served = node.services().serve(spec("s", 0), "owner");
    try (RawHttp open = new RawHttp(served.port());
        RawHttp queued = new RawHttp(served.port());
        EpochReader reader = node.services().epochs().reader(served, 1, KEY, RETRY)) {
      open.post("/s", "1");
      PendingRequest taken = reader.take(far());
      queued.post("/s", "2");
      await().atMost(ofSeconds(10)).until(() -> served.current().intake().size() == 1);
      node.services().release("s", "owner");

      for (RawHttp http : new RawHttp[] {open, queued}) {
        RawHttp.Response response = http.receive();
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.headers()).containsEntry("retry-after", "1");
        assertThat(response.body()).contains("service 's' has stopped");
      }
      assertThat(taken.isOpen()).isFalse();
    }
    assertThat(node.openExchanges()).isZero();
    assertThat(served.service().inFlight()).isZero();
    await()
        .atMost(ofSeconds(10))
        .untilAsserted(
            () -> new ServerSocket(served.port(), 1, InetAddress.getLoopbackAddress()).close());
  }

  @Test
  void aReleaseLeavesOtherServicesAlone() throws Exception {
    node.services().serve(spec("s", 0), "owner");
    ServedService other = node.services().serve(spec("t", 0), "owner");
    try (RawHttp http = new RawHttp(other.port());
        EpochReader reader =
            node.services().epochs().reader(other, 1, new EpochShare("t", "q", 1, 0), RETRY)) {
      http.post("/t", "question");
      PendingRequest request = reader.take(far());
      node.services().release("s", "owner");
      assertThat(request.isOpen()).isTrue();
      assertThat(node.answer(request.request().id(), reply("answer"))).isTrue();
      assertThat(http.receive().body()).isEqualTo("answer");
    }
  }

  @Test
  void aServiceThatCannotListenLeavesNothingBehind() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> node.services().serve(spec("s", holder.getLocalPort()), "owner"))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("cannot listen on 127.0.0.1:" + holder.getLocalPort());
    }
    assertThat(node.services().all()).isEmpty();
    ServedService served = node.services().serve(spec("s", 0), "other");
    try (RawHttp http = new RawHttp(served.port());
        EpochReader reader = node.services().epochs().reader(served, 1, KEY, RETRY)) {
      for (String question : new String[] {"1", "2", "3"}) { // one after another to each consumer
        http.post("/s", question);
        PendingRequest request = reader.take(far());
        assertThat(request).isNotNull();
        node.answer(request.request().id(), reply(question));
        assertThat(http.receive().body()).isEqualTo(question);
      }
    }
  }

  @Test
  void nobodysIdIsNotAnswered() {
    assertThat(node.answer(RequestId.parse("n1-7"), reply("x"))).isFalse();
    assertThat(node.answer(RequestId.parse("n2-1"), reply("x"))).isFalse();
  }

  @Test
  void aTaskHasAWriterWhileThatIsOpen() {
    assertThat(node.tasks().hasWriter(7)).isFalse();
    node.tasks().writerOpened(7, Passage.ONE_BY_ONE);
    assertThat(node.tasks().hasWriter(7)).isTrue();
    assertThat(node.tasks().hasWriter(8)).isFalse();
    node.tasks().writerClosed(7);
    assertThat(node.tasks().hasWriter(7)).isFalse();
  }

  @Test
  void aServiceKnowsItsReadersAndWhetherTheyDrain() {
    ServedVersion served = node.services().serve(spec("s", 0), "owner").current();
    assertThat(served.drained()).isFalse();
    served.readerDrained();
    assertThat(served.drained()).isTrue();
    served.readerOpened(0);
    assertThat(served.drained()).as("after one that stays open").isFalse();
    assertThat(served.isOpenElsewhere(0)).isFalse();
    served.readerOpened(1);
    assertThat(served.isOpenElsewhere(0)).isTrue();
    assertThat(served.openReaders()).isEqualTo(2);
    served.readerClosed(1);
    assertThat(served.openReaders()).isEqualTo(1);
    assertThat(served.isOpenElsewhere(0)).isFalse();
    assertThat(served.timesOpened()).containsEntry(1, 1L);

    assertThat(served.intake().isEnding()).isFalse();
    served.endEpochs();
    assertThat(served.intake().isEnding()).isTrue();
  }

  @Test
  void requestsGoToTheVersionThatIsSwitchedTo() throws Exception {
    ServedService served = node.services().serve(spec("s", 0), "owner");
    try (RawHttp early = new RawHttp(served.port());
        RawHttp late = new RawHttp(served.port());
        EpochReader first = node.services().epochs().reader(served, 1, KEY, RETRY);
        EpochReader second =
            node.services().epochs().reader(served, 2, new EpochShare("s", "q2", 1, 0), RETRY)) {
      early.post("/s", "begun");
      PendingRequest begun = first.take(far());
      late.post("/s", "queued");
      await().atMost(ofSeconds(10)).until(() -> served.current().intake().size() == 1);
      assertThat(second.poll()).as("before the switch").isNull();

      served.switchTo(2);
      assertThat(second.take(far()).request().body()).asString(UTF_8).isEqualTo("queued");
      assertThat(first.poll()).as("the first version after the switch").isNull();
      assertThat(node.services().epochs().unfinished("s", "q")).isEqualTo(1);
      assertThat(node.answer(begun.request().id(), reply("from the first"))).isTrue();
      assertThat(early.receive().body()).isEqualTo("from the first");
      assertThat(node.services().epochs().unfinished("s", "q")).isZero();

      node.services().epochs().ended("s", "q2");
    }
  }

  @Test
  void whatAnEndedQueryLeftIsForTheCurrentVersion() throws Exception {
    ServedService served = node.services().serve(spec("s", 0), "owner");
    try (RawHttp http = new RawHttp(served.port());
        EpochReader first = node.services().epochs().reader(served, 1, KEY, RETRY);
        EpochReader second =
            node.services().epochs().reader(served, 2, new EpochShare("s", "q2", 1, 0), RETRY)) {
      http.post("/s", "question");
      PendingRequest begun = first.take(far());
      served.switchTo(2);
      node.services().retire("s", 1);

      assertThat(second.take(far())).isSameAs(begun);
    }
  }
}
