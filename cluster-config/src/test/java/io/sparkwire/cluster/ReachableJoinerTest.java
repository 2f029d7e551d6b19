package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.NodeId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachableJoinerTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final TestCluster cluster = new TestCluster();

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aNodeLooksForThoseThatItHasLostToo() {
    Node first = cluster.startAt(0, List.of());
    Node second = cluster.startAt(1, cluster.options().join());
    List<NodeId> left = TestCluster.leavers(first);
    await().atMost(TIMEOUT).until(() -> cluster.remembered(first).equals(List.of(1)));
    cluster.stop(second);

    await().atMost(TIMEOUT).until(() -> left.contains(second.id()));
    assertThat(cluster.remembered(first)).containsExactly(1);
  }

  /** Either part may be the one that has to merge, which is that of the higher address. */
  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void partsMergeThoughNothingListensAtMostAddressesAndOnePartHasNone(int place) {
    Node searching = cluster.startAt(1, cluster.options().join());
    Node alone = cluster.startAt(place, List.of());
    assertThat(alone.directory().members()).hasSize(1);

    await().atMost(TIMEOUT).until(() -> searching.directory().members().size() == 2);
    await().atMost(TIMEOUT).until(() -> alone.directory().members().size() == 2);
  }
}
