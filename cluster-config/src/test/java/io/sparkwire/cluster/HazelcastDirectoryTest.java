package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.sparkwire.message.NodeId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HazelcastDirectoryTest extends DirectoryContract {

  private final TestCluster cluster = new TestCluster();
  private final Node first = cluster.start(SELF.text(), Role.WORKER);

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Override
  Directory directory() {
    return first.directory();
  }

  @Test
  void anOfferIsKnownToAllMembersAndToLaterOnes() {
    Node gateway = cluster.start("g1", Role.GATEWAY);
    directory().offer(spec("a"), 7);
    ServiceOffer offer = new ServiceOffer(SELF, spec("a"), 7);
    awaitOffers(gateway.directory(), offer);

    Node late = cluster.start("n2", Role.WORKER);
    assertThat(late.directory().offers()).containsExactly(offer);
    assertThat(late.directory().members())
        .extracting(Member::node, Member::role)
        .containsExactlyInAnyOrder(
            tuple(SELF, Role.WORKER),
            tuple(new NodeId("g1"), Role.GATEWAY),
            tuple(new NodeId("n2"), Role.WORKER));
  }

  @Test
  void theOffersOfANodeGoWithIt() {
    Node second = cluster.start("n2", Role.WORKER);
    second.directory().offer(spec("a"), 7);
    directory().offer(spec("a"), 8);
    awaitOffers(
        directory(),
        new ServiceOffer(SELF, spec("a"), 8),
        new ServiceOffer(second.id(), spec("a"), 7));
    List<NodeId> left = TestCluster.leavers(first);

    cluster.stop(second);

    awaitOffers(directory(), new ServiceOffer(SELF, spec("a"), 8));
    await().atMost(TIMEOUT).until(() -> left.equals(List.of(second.id())));
  }

  @Test
  void anOfferOfAnotherVersionHidesNoOtherAndGoesWithItsNode() {
    NodeId other = new NodeId("n9");
    HazelcastInstance member =
        Hazelcast.newHazelcastInstance(HazelcastSettings.of(other, cluster.options(), Role.WORKER));
    try {
      ServiceOffer offer = new ServiceOffer(other, spec("a"), 7);
      member.getMap(OfferStore.MAP).set("n9/b", "{\"version\":1}");
      member.getMap(OfferStore.MAP).set("n9/a", offer.toText());
      awaitOffers(directory(), offer);
      assertThat(entries()).containsOnlyKeys("n9/a", "n9/b");
    } finally {
      member.shutdown();
    }
    await().atMost(TIMEOUT).until(() -> entries().isEmpty());
    assertThat(directory().offers()).isEmpty();
  }

  private Map<String, String> entries() {
    String name = cluster.options().name() + "-" + SELF;
    return Hazelcast.getHazelcastInstanceByName(name).getMap(OfferStore.MAP);
  }

  @Test
  void aGatewayOutlivesAllWorkers() {
    Node gateway = cluster.start("g1", Role.GATEWAY);
    directory().offer(spec("a"), 7);
    awaitOffers(gateway.directory(), new ServiceOffer(SELF, spec("a"), 7));
    cluster.stop(first);
    awaitOffers(gateway.directory());

    Node next = cluster.start("n2", Role.WORKER);
    next.directory().offer(spec("a"), 9);

    awaitOffers(gateway.directory(), new ServiceOffer(next.id(), spec("a"), 9));
  }
}
