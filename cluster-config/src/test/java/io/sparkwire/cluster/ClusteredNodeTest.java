package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.sparkwire.message.NodeId;
import io.vertx.core.eventbus.MessageConsumer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusteredNodeTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static boolean hears(Node from, String address) {
    return from.vertx()
        .eventBus()
        .request(address, "hello")
        .map(reply -> reply.body().equals("hello yourself"))
        .otherwise(false)
        .await();
  }

  private static void answerAt(Node node, String address) {
    MessageConsumer<String> consumer =
        node.vertx().eventBus().consumer(address, m -> m.reply(m.body() + " yourself"));
    consumer.completion().await();
  }

  @Test
  void messagesPassBetweenNodesOfEveryRole() {
    Node worker = cluster.start("n1", Role.WORKER);
    Node gateway = cluster.start("g1", Role.GATEWAY);
    answerAt(worker, "worker");
    answerAt(gateway, "gateway");

    assertThat(hears(gateway, "worker")).isTrue();
    assertThat(hears(worker, "gateway")).isTrue();
  }

  @Test
  void noTwoNodesGetTheSameIdAndEachNodesIdsGrow() {
    Set<Long> seen = new HashSet<>();
    for (Node node : List.of(cluster.start("n1", Role.WORKER), cluster.start("g1", Role.GATEWAY))) {
      long last = 0;
      for (int i = 0; i < 1_000; i++) {
        long id = node.ids().getAsLong();
        assertThat(id).isGreaterThan(last);
        assertThat(seen.add(id)).isTrue();
        last = id;
      }
    }
  }

  @Test
  void aGatewayIsFoundByWorkersThatComeAfterAllOthersHaveLeft() {
    Node worker = cluster.start("n1", Role.WORKER);
    Node gateway = cluster.start("g1", Role.GATEWAY);
    answerAt(gateway, "gateway");
    cluster.stop(worker);

    Node next = cluster.start("n2", Role.WORKER);

    await().atMost(TIMEOUT).until(() -> hears(next, "gateway"));
  }

  @Test
  void aGatewayMayBeTheFirst() {
    Node gateway = cluster.start("g1", Role.GATEWAY);
    answerAt(gateway, "gateway");
    Node worker = cluster.start("n1", Role.WORKER);

    await().atMost(TIMEOUT).until(() -> hears(worker, "gateway"));
  }

  /** On this interface, on all of them, and on all of them by IPv6. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "::"})
  void aTakenPortOfTheEventBusLetsANodeTakeTheNextPair(String by) throws IOException {
    int first = cluster.options().port();
    int bus = first + ClusterOptions.BUS_PORT_OFFSET;
    try (ServerSocket taken = new ServerSocket(bus, 1, InetAddress.getByName(by));
        ServerSocket next = new ServerSocket(bus + 1, 1, InetAddress.getByName(by))) {
      assertThat(List.of(taken, next)).allMatch(ServerSocket::isBound);
      Node node = cluster.start("n1", Role.WORKER);
      Node other = cluster.start("n2", Role.WORKER);
      answerAt(node, "there");

      assertThat(node.address()).isEqualTo("127.0.0.1:" + (first + 2));
      assertThat(hears(other, "there")).isTrue();
    }
  }

  @Test
  void anEventBusThatFindsItsPortTakenAfterAllSaysWhichMemberItWas() {
    assertThat(new BusPortTakenException(5701, new IOException("Address already in use")))
        .hasMessage(
            "the event bus cannot listen on port 5801, which is 100 above the cluster port:"
                + " Address already in use");
  }

  @Test
  void whereNoPairOfPortsIsFreeThatIsReported() throws IOException {
    List<ServerSocket> taken = new ArrayList<>();
    int first = cluster.options().port();
    try {
      for (int port = first; port < first + ClusterOptions.PORTS; port++) {
        int either = port % 2 == 0 ? port : port + ClusterOptions.BUS_PORT_OFFSET;
        taken.add(new ServerSocket(either, 1, InetAddress.getLoopbackAddress()));
      }
      assertThatThrownBy(() -> cluster.start("n1", Role.WORKER))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith(
              "none of the cluster ports %d to %d is free together with the one 100 above it, which"
                      .formatted(first, first + ClusterOptions.PORTS - 1)
                  + " is for the event bus; choose another --cluster-port");
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
  }

  @Test
  void aMemberThatIsNamedWithoutPortIsFoundAtTheFirstFewWhateverPortThisNodeGets() {
    ClusterOptions options = new ClusterOptions("c", "127.0.0.1", 5701, List.of("h", "g:1"), "");
    Config config = HazelcastSettings.of(new NodeId("n1"), options, Role.WORKER);
    HazelcastSettings.listenFrom(5719, config, options);

    assertThat(config.getAdvancedNetworkConfig().getJoin().getTcpIpConfig().getMembers())
        .containsExactly("h:5701", "h:5702", "h:5703", "g:1");
  }

  @Test
  void aNodeDoesNotJoinOthersOfAnotherVersion() {
    ClusterOptions options = cluster.options();
    Config other = HazelcastSettings.of(new NodeId("n9"), options, Role.WORKER);
    other.getMemberAttributeConfig().setAttribute(HazelcastSettings.PROTOCOL, "99");
    HazelcastInstance newer = Hazelcast.newHazelcastInstance(other);
    try {
      assertThatThrownBy(() -> cluster.start("n1", Role.WORKER))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageMatching(
              "cannot join cluster '"
                  + options.name()
                  + "': this node speaks version 5 of Sparkwire's protocol, but .*:\\d+"
                  + " speaks version 99; start it with the same version, or in a cluster of another"
                  + " --cluster-name");
    } finally {
      newer.shutdown();
    }
  }

  @Test
  void aNodeOfAnotherClusterStaysOutside() {
    Node node = cluster.start("n1", Role.WORKER);
    try (TestCluster strangers = new TestCluster()) {
      Node stranger = strangers.start("x1", Role.WORKER);

      assertThat(stranger.directory().members()).hasSize(1);
      assertThat(node.directory().members()).hasSize(1);
    }
  }

  @Test
  void aNodeWithoutAFreePortSaysSo() {
    ClusterOptions elsewhere = new ClusterOptions("c", "192.0.2.1", 5701, List.of(), "");

    assertThatThrownBy(
            () -> Node.clustered(new NodeId("n1"), new NodeOptions(1), elsewhere, Role.WORKER))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("cannot join cluster 'c' from 192.0.2.1:5701: ");
  }

  @Test
  void nobodyButMembersIsExpected() {
    Config config =
        HazelcastSettings.of(new NodeId("n1"), ClusterOptions.of(Map.of()), Role.WORKER);

    assertThat(config.getAdvancedNetworkConfig().isEnabled()).isTrue();
    assertThat(config.getAdvancedNetworkConfig().getEndpointConfigs()).hasSize(1);
    assertThat(config.getAdvancedNetworkConfig().getJoin().getMulticastConfig().isEnabled())
        .isFalse();
    assertThat(config.getAdvancedNetworkConfig().getJoin().isAutoDetectionEnabled()).isFalse();
    assertThat(config.getJetConfig().isEnabled()).isFalse();
  }

  @Test
  void aListenerGetsTheNodesThatLeave() {
    Node first = cluster.start("n1", Role.WORKER);
    Node second = cluster.start("n2", Role.WORKER);
    List<NodeId> left = TestCluster.leavers(first);
    cluster.stop(second);

    await().atMost(TIMEOUT).until(() -> left.contains(second.id()));
  }
}
