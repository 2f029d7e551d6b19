package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.cluster.tls.StrangerReason;
import io.sparkwire.log.RecordingLogger;
import io.sparkwire.secret.ClusterSecret;
import io.sparkwire.tls.TestAuthority;
import io.sparkwire.tls.TestIdentity;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.helpers.NOPLogger;

/** Nodes that know a secret, and nodes that do not. */
class ClusterSecretTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String OLD = "the old secret of this test";
  private static final String NEW = "the new secret of this test";

  private final TestCluster cluster = new TestCluster();
  private final RecordingLogger log = new RecordingLogger();

  @AfterEach
  void stop() {
    cluster.close();
  }

  private static ClusterAccess secrets(String... secrets) {
    return ClusterAccess.by(ClusterSecret.of("a test", String.join("\n", secrets)));
  }

  private Node start(String id, ClusterAccess access) {
    return cluster.start(id, access, NOPLogger.NOP_LOGGER);
  }

  private static void answers(Node node) {
    node.vertx()
        .eventBus()
        .<String>consumer(node.id().text(), message -> message.reply(message.body()))
        .completion()
        .await();
  }

  private static boolean hears(Node from, Node to) {
    return from.vertx()
        .eventBus()
        .<String>request(to.id().text(), "hello")
        .map(reply -> reply.body().equals("hello"))
        .otherwise(false)
        .await();
  }

  @Test
  void nodesThatKnowTheSecretFormACluster() {
    Node one = start("n1", secrets(OLD));
    Node other = start("n2", secrets(OLD));
    answers(one);
    answers(other);

    assertThat(one.directory().members()).hasSize(2);
    await().atMost(TIMEOUT).until(() -> hears(one, other) && hears(other, one));
  }

  @Test
  void nodesOfDifferentSecretsAreClustersOfTheirOwnAndEachSaysWhy() {
    RecordingLogger otherLog = new RecordingLogger();
    Node one = cluster.start("n1", secrets(OLD), log);
    Node other = cluster.start("n2", secrets(NEW), otherLog);

    assertThat(one.directory().members()).hasSize(1);
    assertThat(other.directory().members()).hasSize(1);
    saysOnce(log, StrangerReason.OTHER_SECRET);
    saysOnce(otherLog, StrangerReason.OTHER_SECRET);
  }

  @Test
  void aNodeWithoutTheSecretIsAClusterOfItsOwnAndEachSaysWhy() {
    RecordingLogger otherLog = new RecordingLogger();
    Node one = cluster.start("n1", secrets(OLD), log);
    Node other = cluster.start("n2", ClusterAccess.OPEN, otherLog);

    assertThat(one.directory().members()).hasSize(1);
    assertThat(other.directory().members()).hasSize(1);
    saysOnce(log, StrangerReason.CLEAR_TEXT);
    saysOnce(otherLog, StrangerReason.NO_SECRET_HERE);
  }

  @Test
  void aNodeWithASecretStaysOutsideOfAClusterWithoutAndEachSaysWhy() {
    RecordingLogger otherLog = new RecordingLogger();
    Node other = cluster.start("n1", ClusterAccess.OPEN, otherLog);
    Node one = cluster.start("n2", secrets(OLD), log);

    assertThat(one.directory().members()).hasSize(1);
    assertThat(other.directory().members()).hasSize(1);
    saysOnce(log, StrangerReason.CLEAR_TEXT);
    saysOnce(otherLog, StrangerReason.NO_SECRET_HERE);
  }

  private static void saysOnce(RecordingLogger log, String reason) {
    await().atMost(TIMEOUT).until(() -> !log.lines.isEmpty());
    assertThat(log.lines)
        .containsExactly(
            "WARN event=stranger-refused 127.0.0.1 is no node of this cluster, and was refused at"
                + " the cluster port: "
                + reason);
  }

  @Test
  void certificatesMayBeGiven(@TempDir Path directory) {
    TestAuthority authority = TestAuthority.named("the nodes");
    Map<String, String> files = new HashMap<>();
    authority
        .issue("CN=node")
        .write(directory)
        .forEach((option, file) -> files.put("cluster-" + option, file));
    files.put("cluster-tls-trust", TestIdentity.writeTrust(directory, authority.certificate()));
    ClusterAccess given = new ClusterAccess(files, Optional.of(ClusterSecret.of("a test", OLD)));

    Node one = start("n1", given);
    Node other = start("n2", given);
    Node stranger = start("n3", secrets(OLD));
    answers(other);

    assertThat(one.directory().members()).hasSize(2);
    assertThat(stranger.directory().members()).hasSize(1);
    await().atMost(TIMEOUT).until(() -> hears(one, other));
  }

  @Test
  void certificatesNeedASecretAndEachOther() {
    Map<String, String> files =
        Map.of("cluster-tls-cert", "a", "cluster-tls-key", "b", "cluster-tls-trust", "c");

    assertThatThrownBy(() -> start("n1", ClusterAccess.by(files)))
        .hasMessage("option 'cluster-tls-cert' needs the option 'cluster-secret-file'");
    assertThatThrownBy(() -> ClusterAccess.by(Map.of("cluster-tls-cert", "a")))
        .hasMessage(
            "give all of 'cluster-tls-cert', 'cluster-tls-key' and 'cluster-tls-trust', or none");
    assertThatThrownBy(
            () -> start("n1", new ClusterAccess(files, Optional.of(ClusterSecret.of("", OLD)))))
        .hasMessage("option 'cluster-tls-cert' must be a file, but there is no 'a'");
  }

  @Test
  void aSecretIsReplacedWhileNodesWork() {
    Node one = start("n1", secrets(OLD));
    Node two = start("n2", secrets(OLD));
    answers(one);
    answers(two);

    Node three = start("n3", secrets(NEW, OLD));
    answers(three);
    allHear(one, two, three);
    cluster.stop(one);
    Node four = start("n4", secrets(NEW, OLD));
    answers(four);
    allHear(two, three, four);
    cluster.stop(two);
    Node five = start("n5", secrets(NEW));
    answers(five);
    allHear(three, four, five);
    cluster.stop(three);
    cluster.stop(four);
    Node six = start("n6", secrets(NEW));
    answers(six);
    allHear(five, six);
  }

  private static void allHear(Node... nodes) {
    for (Node from : nodes) {
      assertThat(from.directory().members()).hasSize(nodes.length);
      for (Node to : nodes) {
        await().atMost(TIMEOUT).until(() -> from == to || hears(from, to));
      }
    }
  }
}
