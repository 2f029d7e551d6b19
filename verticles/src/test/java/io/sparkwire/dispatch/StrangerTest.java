package io.sparkwire.dispatch;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.HazelcastInstance;
import io.sparkwire.cluster.ClusterAccess;
import io.sparkwire.cluster.ClusterOptions;
import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.Role;
import io.sparkwire.cluster.TestCluster;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeLoop;
import io.sparkwire.exchange.ExchangeQueue;
import io.sparkwire.exchange.Exchanges;
import io.sparkwire.exchange.Service;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestRequest;
import io.sparkwire.message.TestSpec;
import io.sparkwire.secret.ClusterSecret;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.SocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A program that is no node, made of plain vertx-hazelcast, knows all of the cluster but its secret
 * and tries to answer the request of a client of another.
 *
 * <p>In a cluster without a secret it succeeds, so the attempts are real ones.
 */
class StrangerTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final Duration A_WHILE = Duration.ofSeconds(1);
  private static final ServiceSpec SPEC = TestSpec.of("s").timeout(Duration.ofMinutes(2)).build();
  private static final NodeId WORKER = new NodeId("w1");
  private static final NodeId GATEWAY = new NodeId("g1");
  private static final ServiceReply FORGED =
      ServiceReply.ok("text/plain", "forged".getBytes(UTF_8));

  private final List<PendingRequest> taken = new CopyOnWriteArrayList<>();
  private final List<String> replies = new CopyOnWriteArrayList<>();
  private TestCluster cluster;
  private Dispatcher worker;
  private Node gateway;
  private Vertx stranger;
  private HazelcastInstance member;

  @AfterEach
  void stop() {
    if (stranger != null) {
      stranger.close().await();
    }
    cluster.close();
  }

  /** Has a client wait for the reply to a request that the worker has taken. */
  private RequestId begin() {
    Node node = cluster.start(WORKER.text(), Role.WORKER);
    worker = Dispatcher.of(node, new Exchanges(node.id(), System::nanoTime));
    worker.take("s", taken::add);
    node.directory().offer(SPEC, 100);
    gateway = cluster.start(GATEWAY.text(), Role.GATEWAY);
    Exchanges exchanges = new Exchanges(gateway.id(), System::nanoTime);
    Dispatcher dispatcher = Dispatcher.of(gateway, exchanges);
    Context context = gateway.vertx().getOrCreateContext();
    ExchangeQueue queue = exchanges.queue(new Service(SPEC), new ExchangeLoop(context));
    context.runOnContext(
        v -> {
          Exchange exchange =
              queue.open(
                  reply -> {
                    replies.add(new String(reply.body(), UTF_8));
                    return Future.succeededFuture();
                  });
          RequestId id = exchanges.id(exchange);
          exchange.received(TestRequest.of(id).body("hello").receivedAt(1).build());
          dispatcher.to("s").accept(exchange);
        });
    await().atMost(TIMEOUT).until(() -> !taken.isEmpty());
    return taken.get(0).request().id();
  }

  private static ClusterAccess secret() {
    return ClusterAccess.by(ClusterSecret.of("a test", "the secret of this test"));
  }

  /** Has the stranger join what it can: all that it needs is the name and the ports. */
  private void beginStranger() {
    ClusterOptions options = cluster.options();
    Config config = new Config().setClusterName(options.name());
    config.getNetworkConfig().setPort(options.port() + 10);
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    options
        .join()
        .forEach(config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true)::addMember);
    HazelcastClusterManager manager = new HazelcastClusterManager(config);
    VertxOptions vertx = new VertxOptions();
    vertx.getEventBusOptions().setHost("127.0.0.1");
    stranger = Vertx.builder().with(vertx).withClusterManager(manager).buildClustered().await();
    stranger.eventBus().registerCodec(new NoticeBatchCodec());
    member = manager.getHazelcastInstance();
  }

  private static NoticeBatch forged(RequestId id) {
    return new NoticeBatch(WORKER, List.of(Notice.reply(id.sequence(), FORGED, null)));
  }

  private Future<Void> sendsForged(RequestId id) {
    return stranger
        .eventBus()
        .<NoticeBatch>sender(
            Addresses.replies(GATEWAY), new DeliveryOptions().setCodecName(Addresses.NOTICES))
        .write(forged(id));
  }

  /** The same message in the form in which nodes send it, without any cluster. */
  private static byte[] frame(RequestId id) {
    Buffer body = Buffer.buffer();
    new NoticeBatchCodec().encodeToWire(body, forged(id));
    Buffer message = Buffer.buffer().appendByte((byte) 2).appendByte((byte) -1);
    text(message, Addresses.NOTICES);
    message.appendByte((byte) 0);
    text(message, Addresses.replies(GATEWAY));
    text(message, "");
    text(message, WORKER.text());
    message.appendInt(Integer.BYTES).appendBuffer(body);
    return Buffer.buffer().appendInt(message.length()).appendBuffer(message).getBytes();
  }

  private static void text(Buffer message, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    message.appendInt(bytes.length).appendBytes(bytes);
  }

  private void sendToBus(byte[] bytes, SocketFactory sockets) throws IOException {
    String address = gateway.address();
    int port = Integer.parseInt(address.substring(address.indexOf(':') + 1));
    int bus = port + ClusterOptions.BUS_PORT_OFFSET;
    try (Socket socket = sockets.createSocket(InetAddress.getLoopbackAddress(), bus)) {
      socket.getOutputStream().write(bytes);
      socket.getOutputStream().flush();
      socket.setSoTimeout((int) A_WHILE.toMillis());
      socket.getInputStream().read();
    }
  }

  private void onlyTheWorkersReplyArrives(RequestId id) {
    assertThat(replies).isEmpty();
    worker.answer(id, ServiceReply.ok("text/plain", "hello".getBytes(UTF_8)));
    await().atMost(TIMEOUT).until(() -> replies.equals(List.of("hello")));
  }

  @Test
  void withoutASecretAStrangerJoinsReadsAndForges() {
    cluster = new TestCluster();
    RequestId id = begin();
    beginStranger();

    await().atMost(TIMEOUT).until(() -> member.getCluster().getMembers().size() == 3);
    assertThat(member.getMap("sparkwire.directory").values().toString()).contains("\"name\":\"s\"");
    await().atMost(TIMEOUT).until(() -> sendsForged(id).map(true).otherwise(false).await());
    await().atMost(TIMEOUT).until(() -> replies.equals(List.of("forged")));
  }

  @Test
  void withoutASecretAStrangerForgesByTheBusAlone() throws IOException {
    cluster = new TestCluster();
    RequestId id = begin();
    try {
      sendToBus(frame(id), SocketFactory.getDefault());
    } catch (SocketTimeoutException e) {
      assertThat(e).hasMessageContaining("timed out"); // no answer is sent on that connection
    }

    await().atMost(TIMEOUT).until(() -> replies.equals(List.of("forged")));
  }

  @Test
  void withASecretAStrangerJoinsNothingReadsNothingAndForgesNothing() {
    cluster = new TestCluster(secret());
    beginStranger(); // first, since it does not start where it can join none of those that listen
    RequestId id = begin();

    assertThat(member.getCluster().getMembers()).hasSize(1);
    assertThat(member.getMap("sparkwire.directory").isEmpty()).isTrue();
    assertThat(member.getMap("sparkwire.history").isEmpty()).isTrue();
    assertThat(sendsForged(id).map(true).otherwise(false).await()).isFalse();
    assertThat(gateway.directory().members()).hasSize(2);
    onlyTheWorkersReplyArrives(id);
  }

  @Test
  void withASecretTheBusTakesNothingInClearText() throws IOException {
    cluster = new TestCluster(secret());
    RequestId id = begin();
    sendToBus(frame(id), SocketFactory.getDefault());

    onlyTheWorkersReplyArrives(id);
  }

  @Test
  void withASecretTheBusTakesNothingOfAnotherAuthority() {
    cluster = new TestCluster(secret());
    RequestId id = begin();
    TestAuthority another = TestAuthority.named("another");
    TestIdentity identity = another.issue("CN=node w1");

    for (SSLContext tls :
        List.of(identity.trustingAs(another.certificate()), identity.trustingAll())) {
      assertThat(refusal(frame(id), tls.getSocketFactory())).isInstanceOf(SSLException.class);
    }
    onlyTheWorkersReplyArrives(id);
  }

  private IOException refusal(byte[] bytes, SocketFactory sockets) {
    try {
      sendToBus(bytes, sockets);
      return null;
    } catch (IOException e) {
      return e;
    }
  }
}
