package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node of a cluster with a secret, whose ports for other nodes get connections of strangers. */
@Timeout(300)
class SecretStrangersIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final String SECRET = "a secret of this test";
  private static final String REFUSED =
      "event=stranger-refused 127.0.0.1 is no node of this cluster, and was refused at ";
  private static final int HALF_OPEN = 300;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path directory;
  private FatJarCluster cluster;
  private RunningApp gateway;

  @BeforeEach
  void begin() throws IOException {
    cluster = new FatJarCluster(directory);
    cluster.useSecrets(SECRET);
    gateway = cluster.startGateway(0);
    gateway.url();
  }

  @AfterEach
  void end() {
    cluster.close();
  }

  private List<String> refusals() throws IOException {
    return gateway.errLines().stream().filter(line -> line.contains("stranger-refused")).toList();
  }

  /** Both ports have refused strangers, with a line each, and the node is as it was. */
  private void eachPortHasOneLineAndTheNodeWorks() throws Exception {
    await().atMost(TIMEOUT).until(() -> refusals().size() == 2);
    answersAlone();
    assertThat(refusals())
        .anyMatch(line -> line.contains(REFUSED + "the event bus: "))
        .anyMatch(line -> line.contains(REFUSED + "the cluster port: "))
        .hasSize(2);
    assertThat(gateway.errLines()).hasSize(2).allMatch(line -> line.contains(" WARN "));
  }

  /** The node answers questions for its status, and there is no other. */
  private void answersAlone() {
    cluster.awaitStatus(
        nodes -> assertThat(nodes).hasSize(1).allMatch(node -> node.getBoolean("answers")));
  }

  private static void send(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(bytes);
    }
  }

  @Test
  void bytesThatMeanNothingGetALineForEachPort() throws Exception {
    byte[] noise = new byte[300];
    new Random(1).nextBytes(noise);
    for (int port : cluster.ports(0)) {
      send(port, noise);
      send(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      send(port, "HZC".getBytes(StandardCharsets.US_ASCII));
      send(port, ByteBuffer.allocate(20).putInt(Integer.MAX_VALUE).array());
      send(port, new byte[] {22, 3, 3, -1, -1, 1, -1, -1, -1, 0, 0, 0, 0});
    }
    eachPortHasOneLineAndTheNodeWorks();
  }

  /** Records of TLS that announce the most that there may be, and do not come. */
  @Test
  void connectionsThatDoNotGoOnTakeBoundedMemory() throws Exception {
    long before = gateway.liveHeap();
    byte[] head = {22, 3, 1, 64, 0, 1, 0, 63, -4};
    List<Socket> open = new ArrayList<>();
    try {
      for (int port : cluster.ports(0)) {
        for (int i = 0; i < HALF_OPEN; i++) {
          Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
          open.add(socket);
          socket.getOutputStream().write(head);
        }
      }
      assertThat(gateway.liveHeap()).isLessThan(before + 64 * MEBIBYTE);
      answersAlone();
    } catch (IOException e) {
      assertThat(e).hasMessageMatching(".*(reset|Broken pipe).*"); // the oldest are closed
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void aMemberWithTheClustersNameStaysOutside() throws Exception {
    Config config = new Config().setClusterName(cluster.name());
    config.setProperty("hazelcast.max.join.seconds", "1");
    config.getNetworkConfig().setPort(cluster.ports(1).get(0));
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .setEnabled(true)
        .addMember("127.0.0.1:" + cluster.ports(0).get(0));
    assertThatThrownBy(() -> Hazelcast.newHazelcastInstance(config))
        .hasMessage("Node failed to start!");
    assertThat(refusals())
        .singleElement()
        .asString()
        .endsWith(
            REFUSED
                + "the cluster port: it has no cluster secret, or is no node: it does not speak"
                + " TLS");
    assertThat(cluster.status()).hasSize(1);
  }

  @Test
  void aClientOfHazelcastIsRefused() throws Exception {
    ClientConfig config = new ClientConfig().setClusterName(cluster.name());
    config.getNetworkConfig().addAddress("127.0.0.1:" + cluster.ports(0).get(0));
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setClusterConnectTimeoutMillis(1);

    assertThatThrownBy(() -> HazelcastClient.newHazelcastClient(config))
        .isInstanceOf(IllegalStateException.class);
    assertThat(cluster.status()).hasSize(1);
    assertThat(refusals()).hasSize(1);
  }

  @Test
  void nodesWithAnotherSecretOrWithoutOneAreClustersOfTheirOwnAndSayWhy() throws Exception {
    cluster.useSecrets("another secret of this test");
    RunningApp other = cluster.startGateway(1);
    other.url();
    RunningApp without =
        RunningApp.start(
            directory,
            Stream.concat(
                    Stream.of("gateway", "--port", "0"), cluster.membership(2).stream().limit(8))
                .toArray(String[]::new));
    try {
      without.url();
      await().atMost(TIMEOUT).until(() -> has(other, "it does not know this cluster's secret"));
      await()
          .atMost(TIMEOUT)
          .until(() -> has(without, "it has a cluster secret, and this node has none"));
      assertThat(refusals()).hasSize(1);
      for (RunningApp each : List.of(gateway, other, without)) {
        assertThat(each.errLines()).noneMatch(line -> line.contains(" ERROR ")).hasSize(1);
      }
    } finally {
      without.close();
    }
  }

  private static boolean has(RunningApp node, String reason) throws IOException {
    return node.errLines().stream().anyMatch(line -> line.contains(reason));
  }
}
