package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A node whose ports for other nodes get connections of strangers. */
@Timeout(300)
class StrangersIT {

  private static final Duration TIMEOUT = Duration.ofMinutes(1);
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  private static FatJarCluster cluster;
  private static RunningApp gateway;
  private static List<String> datagramSockets;

  private int linesBefore;

  @BeforeAll
  static void begin(@TempDir Path directory) throws IOException {
    cluster = new FatJarCluster(directory);
    gateway = cluster.startGateway(0);
    gateway.url();
    datagramSockets = datagramSockets();
  }

  @AfterAll
  static void end() {
    cluster.close();
  }

  @BeforeEach
  void countLines() throws IOException {
    linesBefore = gateway.errLines().size();
  }

  @Test
  void bytesThatMeanNothingGetALineAndChangeNothing() throws Exception {
    Random random = new Random(1);
    byte[] noise = new byte[300];
    random.nextBytes(noise);
    for (int port : cluster.ports(0)) {
      send(port, noise);
      send(port, "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      send(port, new byte[] {0, 0, 0, 16, 1, 99, 98, 97, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
      send(port, new byte[] {0, 0, 0, 0});
    }
    await()
        .atMost(TIMEOUT)
        .until(
            () ->
                lines().anyMatch(line -> line.contains("bytes that are not a message of a node"))
                    && lines().count() > 1); // the other port has a line of its own

    assertThat(cluster.status()).hasSize(1).allMatch(node -> node.getBoolean("answers"));
    assertThat(lines()).hasSizeBetween(2, 8).allMatch(line -> line.contains(" WARN "));
  }

  /**
   * Sends bytes, and waits until the node has closed the connection, or has kept it for a while.
   */
  private static void send(int port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(500);
      socket.getOutputStream().write(bytes);
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) { // it waits for more
      return;
    } catch (SocketException e) { // it has closed the connection with bytes that it had not read
      return;
    }
  }

  /** What the node has logged since the test began. */
  private Stream<String> lines() throws IOException {
    return gateway.errLines().stream().skip(linesBefore);
  }

  @Test
  void aMemberOfAnotherClusterStaysOutside() throws Exception {
    HazelcastInstance other = Hazelcast.newHazelcastInstance(memberOf("another", 1));
    try {
      assertThat(other.getCluster().getMembers()).hasSize(1);
      assertThat(cluster.status()).hasSize(1);
      assertThat(lines()).noneMatch(line -> line.contains(" ERROR "));
    } finally {
      other.shutdown();
    }
  }

  @Test
  void aMemberThatIsNoNodeIsOverlooked() throws Exception {
    await().atMost(TIMEOUT).until(StrangersIT::joinsAndLeaves);

    assertThat(cluster.status()).hasSize(1).allMatch(node -> node.getBoolean("answers"));
    assertThat(lines())
        .noneMatch(line -> line.contains(" ERROR ") || line.contains("NullPointerException"));
  }

  /** Whether a member that is no node could join: the node takes none while it looks for others. */
  private static boolean joinsAndLeaves() {
    HazelcastInstance plain = Hazelcast.newHazelcastInstance(memberOf(cluster.name(), 2));
    try {
      return plain.getCluster().getMembers().size() == 2;
    } finally {
      plain.shutdown();
    }
  }

  /** A place of its own, since the node may refuse the address of a stranger for a while. */
  private static Config memberOf(String name, int place) {
    Config config = new Config().setClusterName(name);
    config.getNetworkConfig().setPort(cluster.ports(place).get(0));
    config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
    config.getNetworkConfig().getJoin().getMulticastConfig().setEnabled(false);
    config
        .getNetworkConfig()
        .getJoin()
        .getTcpIpConfig()
        .setEnabled(true)
        .addMember("127.0.0.1:" + cluster.ports(0).get(0));
    return config;
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
    assertThat(lines()).noneMatch(line -> line.contains(" ERROR "));
  }

  /** Later, Vert.x's client of name servers has a socket. */
  @Test
  void nothingListensForDatagrams() {
    assertThat(datagramSockets).isEmpty();
  }

  private static List<String> datagramSockets() throws IOException {
    List<String> own = gateway.openFiles().stream().map(StrangersIT::inode).toList();
    return udpInodes().stream().filter(own::contains).toList();
  }

  private static String inode(String file) {
    Matcher socket = SOCKET.matcher(file);
    return socket.matches() ? socket.group(1) : file;
  }

  /** The tenth column of the kernel's tables of UDP sockets. */
  private static List<String> udpInodes() throws IOException {
    return Stream.concat(
            Files.readAllLines(Path.of("/proc/net/udp")).stream().skip(1),
            Files.readAllLines(Path.of("/proc/net/udp6")).stream().skip(1))
        .map(line -> line.strip().split("\\s+", -1)[9])
        .toList();
  }
}
