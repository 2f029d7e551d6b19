package io.sparkwire.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.dispatch.Dispatcher;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.ReplyRetention;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.TestSpec;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Kept requests on the gateways of a cluster, of which some leave. */
class RetentionClusterTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String KEY = "Idempotency-Key: k1";
  private static final String ASYNC = "Prefer: respond-async";

  private final TestCluster cluster = new TestCluster();
  private final Queue<PendingRequest> taken = new ConcurrentLinkedQueue<>();
  private Node worker;

  @BeforeEach
  void startWorker() {
    worker = cluster.start("w1", Role.WORKER);
    Dispatcher.of(worker, new Exchanges(worker.id(), System::nanoTime)).take("s", taken::add);
    offer();
  }

  private void offer() {
    worker
        .directory()
        .offer(TestSpec.of("s").retention(new ReplyRetention(HOUR, HOUR)).build(), 100);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  /** A gateway of a node, and its clients. */
  private record Front(Node node, RetentionHttp client) {}

  private Front gateway(String id) {
    Node node = cluster.start(id, Role.GATEWAY);
    RetentionHttp client = new RetentionHttp(Gateway.start(node, "127.0.0.1", 0).port());
    await().atMost(TIMEOUT).until(() -> client.get("/s").status() == 405);
    return new Front(node, client);
  }

  private PendingRequest next() {
    await().atMost(TIMEOUT).until(() -> !taken.isEmpty());
    return taken.poll();
  }

  private static void answer(PendingRequest request, String reply) {
    assertThat(request.answer(ServiceReply.ok("text/plain", reply.getBytes(UTF_8)))).isTrue();
  }

  private static void awaitReply(Front front, String location, String reply) {
    await().atMost(TIMEOUT).until(() -> front.client().get(location).body().equals(reply));
  }

  @Test
  void aKeyIsKnownToAllNodesAndOutlivesTheOneThatTookIt() throws Exception {
    Front one = gateway("g1");
    Front other = gateway("g2");
    try (RawHttp http = new RawHttp(one.client().port())) {
      RetentionHttp.begin(http, "/s", "hello", KEY);
      PendingRequest first = next();
      assertThat(other.client().post("/s", "hello", KEY).status()).isEqualTo(409);
      answer(first, "reply");
      assertThat(http.receive().body()).isEqualTo("reply");
    }
    assertThat(other.client().post("/s", "hello", KEY).body()).isEqualTo("reply");
    cluster.stop(one.node());

    assertThat(other.client().post("/s", "hello", KEY).body()).isEqualTo("reply");
    assertThat(other.client().post("/s", "other", KEY).status()).isEqualTo(422);
    assertThat(taken).isEmpty();
  }

  @Test
  void aKeyWhoseNodeIsLostBeforeTheReplyIsFreeAgain() throws Exception {
    Front one = gateway("g1");
    Front other = gateway("g2");
    try (RawHttp lost = new RawHttp(one.client().port());
        RawHttp retry = new RawHttp(other.client().port())) {
      RetentionHttp.begin(lost, "/s", "hello", KEY);
      next();
      cluster.stop(one.node());
      await().atMost(TIMEOUT).until(() -> other.node().directory().members().size() == 2);
      RetentionHttp.begin(retry, "/s", "hello", KEY);
      answer(next(), "reply");

      assertThat(retry.receive().body()).isEqualTo("reply");
    }
  }

  @Test
  void anAsynchronousRequestOfALostNodeIsTakenOverOnce() throws Exception {
    Front one = gateway("g1");
    Front other = gateway("g2");
    Front third = gateway("g3");
    String location = one.client().post("/s", "hello", ASYNC).headers().get("location");
    next();
    assertThat(other.client().get(location).status()).isEqualTo(202);
    cluster.stop(one.node());

    PendingRequest again = next();
    assertThat(again.request().body()).asString().isEqualTo("hello");
    answer(again, "reply");
    awaitReply(other, location, "reply");
    awaitReply(third, location, "reply");
    assertThat(taken).isEmpty();
    assertThat(third.client().delete(location).status()).isEqualTo(204);
    assertThat(other.client().get(location).status()).isEqualTo(404);
  }

  @Test
  void aReplyOutlivesTheNodeThatTookTheRequest() throws Exception {
    Front one = gateway("g1");
    String location = one.client().post("/s", "hello", ASYNC).headers().get("location");
    answer(next(), "reply");
    awaitReply(one, location, "reply");
    Front other = gateway("g2");
    cluster.stop(one.node());

    awaitReply(other, location, "reply");
  }

  @Test
  void aRequestWhoseServiceStoppedGoesOnWhenItIsBack() throws Exception {
    RetentionHttp client = gateway("g1").client();
    String location = client.post("/s", "hello", ASYNC).headers().get("location");
    next();
    worker.directory().withdraw("s");
    await().atMost(TIMEOUT).until(() -> client.get(location).status() == 404);
    offer();

    await().atMost(TIMEOUT).until(() -> client.get(location).status() == 202);
    answer(next(), "reply");
    await().atMost(TIMEOUT).until(() -> client.get(location).body().equals("reply"));
  }

  @Test
  void aRequestThatSeveralNodesWereLostWithIsGivenUp() throws Exception {
    Front holder = gateway("g1");
    String location = holder.client().post("/s", "hello", ASYNC).headers().get("location");
    for (int loss = 1; loss <= 3; loss++) {
      next();
      Front survivor = gateway("g" + (loss + 1));
      cluster.stop(holder.node());
      holder = survivor;
    }

    Front last = holder;
    await().atMost(TIMEOUT).until(() -> last.client().get(location).status() == 503);
    assertThat(last.client().get(location).body())
        .contains("3 nodes were lost while they had this request; send it again later");
    assertThat(taken).isEmpty();
  }
}
