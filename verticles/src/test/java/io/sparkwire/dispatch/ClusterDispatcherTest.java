package io.sparkwire.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.ExchangeQueue;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.RowId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestRequest;
import io.sparkwire.message.TestSpec;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Dispatchers of several nodes, over a real clustered event bus. */
class ClusterDispatcherTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ServiceSpec SPEC = TestSpec.of("s").timeout(Duration.ofSeconds(60)).build();

  private final TestCluster cluster = newCluster();

  TestCluster newCluster() {
    return new TestCluster();
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /** One node with all that it needs to hold exchanges and to take requests. */
  private final class Peer {

    final Node node;
    final Exchanges exchanges;
    final Dispatcher dispatcher;
    final List<PendingRequest> taken = new CopyOnWriteArrayList<>();
    final List<String> replies = new CopyOnWriteArrayList<>();
    private final Context context;
    private final ExchangeQueue queue;
    private MessageConsumer<?> consumer;

    Peer(String id, Role role) {
      node = cluster.start(id, role);
      exchanges = new Exchanges(node.id(), System::nanoTime);
      dispatcher = Dispatcher.of(node, exchanges);
      context = node.vertx().getOrCreateContext();
      queue = exchanges.queue(new Service(SPEC), new ExchangeLoop(context));
    }

    Peer serving() {
      consumer = dispatcher.take("s", taken::add);
      node.directory().offer(SPEC, 100);
      return this;
    }

    void stopServing() {
      node.directory().withdraw("s");
      consumer.unregister().await();
      dispatcher.neighbours().giveBack("s");
    }

    void ask(String body) {
      ask(body, ServiceRequest.ONE_ROW);
    }

    void ask(String body, String format) {
      context.runOnContext(
          v -> {
            Exchange exchange =
                queue.open(
                    reply -> {
                      replies.add(new String(reply.body(), UTF_8));
                      return Future.succeededFuture();
                    });
            exchange.received(request(exchanges.id(exchange), body, format));
            dispatcher.to("s").accept(exchange);
          });
    }

    PendingRequest awaitTaken() {
      await().atMost(TIMEOUT).until(() -> taken.stream().anyMatch(PendingRequest::isOpen));
      return taken.stream().filter(PendingRequest::isOpen).findFirst().orElseThrow();
    }

    void awaitReply(String body) {
      await().atMost(TIMEOUT).until(() -> replies.equals(List.of(body)));
    }
  }

  private static ServiceRequest request(RequestId id, String body) {
    return request(id, body, ServiceRequest.ONE_ROW);
  }

  private static ServiceRequest request(RequestId id, String body, String format) {
    return TestRequest.of(id).header("X-A", "1").body(body).format(format).receivedAt(1).build();
  }

  private static ServiceReply reply(PendingRequest request) {
    return ServiceReply.ok("text/plain", request.request().body());
  }

  private static ServiceReply row(String text) {
    return ServiceReply.ok("text/plain", text.getBytes(UTF_8));
  }

  @Test
  void aRequestCrossesToAWorkerAndItsReplyComesBack() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("hello");
    PendingRequest request = worker.awaitTaken();

    assertThat(request.request().id().node()).isEqualTo(gateway.node.id());
    assertThat(request.request().headers().get("x-a")).isEqualTo("1");
    assertThat(worker.dispatcher.answer(request.request().id(), reply(request))).isTrue();
    gateway.awaitReply("hello");
    assertThat(request.isOpen()).isFalse();
  }

  @Test
  void repliesToRowsFromSeveralNodesMakeOneReplyWhereTheExchangeIs() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    Peer third = new Peer("w2", Role.WORKER);
    gateway.ask("[1,2,3]", "json-array");
    PendingRequest request = worker.awaitTaken();
    RequestId id = request.request().id();

    assertThat(request.request().format()).isEqualTo("json-array");
    worker.dispatcher.answer(new RowId(id, 2, 3), row("c"));
    third.dispatcher.answer(new RowId(id, 1, 3), row("b"));
    worker.dispatcher.answer(new RowId(id, 0, 3), row("a"));
    gateway.awaitReply("[\"a\",\"b\",\"c\"]");
    await().atMost(TIMEOUT).until(() -> !request.isOpen());
  }

  @Test
  void rowsThatAreLeftOutOnAnotherNodeAreNotInTheReply() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("[1,2,3]", "json-array");
    PendingRequest request = worker.awaitTaken();
    RequestId id = request.request().id();

    worker.dispatcher.answer(new RowId(id, 2, 3), row("c"));
    worker.dispatcher.leaveOut(new RowId(id, 1, 3), row("none"));
    assertThat(request.isOpen()).isTrue();
    request.rowsEnded(row("none"));
    gateway.awaitReply("[\"c\"]");
    await().atMost(TIMEOUT).until(() -> !request.isOpen());
  }

  @Test
  void aRequestOfWhichAllRowsAreLeftOutOnAnotherNodeGetsThatReply() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("[1]", "json-array");
    PendingRequest request = worker.awaitTaken();

    worker.dispatcher.leaveOut(new RowId(request.request().id(), 0, 1), row("none"));
    gateway.awaitReply("none");
  }

  @Test
  void aReplyMayComeFromAnotherNodeThanTheWorker() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    Peer third = new Peer("w2", Role.WORKER);
    gateway.ask("hello");
    PendingRequest request = worker.awaitTaken();
    third.dispatcher.answer(request.request().id(), reply(request));

    gateway.awaitReply("hello");
    await().atMost(TIMEOUT).until(() -> !request.isOpen());
    assertThat(request.answer(reply(request))).isFalse();
  }

  @Test
  void whatStaysInTheJvmIsTheExchangeItself() {
    Peer one = new Peer("w1", Role.WORKER).serving();
    Peer other = new Peer("w2", Role.WORKER).serving();
    one.ask("hello");

    assertThat(one.awaitTaken()).isInstanceOf(Exchange.class);
    assertThat(other.taken).isEmpty();
  }

  @Test
  void whatALostWorkerHadIsComputedByAnother() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("hello");
    worker.awaitTaken();
    Peer other = new Peer("w2", Role.WORKER).serving();
    cluster.stop(worker.node);

    PendingRequest again = other.awaitTaken();
    again.answer(reply(again));
    gateway.awaitReply("hello");
  }

  @Test
  void whatAWorkerGivesBackIsComputedByAnother() {
    Peer worker = new Peer("w1", Role.WORKER).serving();
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("hello");
    PendingRequest first = worker.awaitTaken();
    Peer other = new Peer("w2", Role.WORKER).serving();
    worker.stopServing();

    PendingRequest again = other.awaitTaken();
    assertThat(first.isOpen()).isFalse();
    again.answer(reply(again));
    gateway.awaitReply("hello");
  }

  @Test
  void whatIsFoundInTheHistoryIsClaimedWhereItsExchangeIs() {
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("hello");
    await().atMost(TIMEOUT).until(() -> gateway.exchanges.size() == 1);
    ServiceRequest waiting = request(new RequestId(gateway.node.id(), 1), "hello");
    ServiceRequest forgotten = request(new RequestId(gateway.node.id(), 99), "nobody");
    ServiceRequest orphan = request(new RequestId(new NodeId("gone"), 1), "nobody");
    Peer worker = new Peer("w1", Role.WORKER);

    List<PendingRequest> claimed =
        worker.dispatcher.neighbours().claim(List.of(waiting, forgotten, orphan));

    assertThat(claimed).extracting(r -> r.request().id()).containsExactly(waiting.id());
    claimed.get(0).answer(reply(claimed.get(0)));
    gateway.awaitReply("hello");
    assertThat(worker.dispatcher.neighbours().claim(List.of(waiting))).isEmpty();
  }

  @Test
  void aRequestWaitsForTheFirstWorker() {
    Peer gateway = new Peer("g1", Role.GATEWAY);
    gateway.ask("hello");
    Peer worker = new Peer("w1", Role.WORKER).serving();

    PendingRequest request = worker.awaitTaken();
    request.answer(reply(request));
    gateway.awaitReply("hello");
  }
}
