package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What every directory promises of the node's own offers. */
abstract class DirectoryContract {

  static final NodeId SELF = new NodeId("n1");
  static final Duration TIMEOUT = Duration.ofSeconds(20);

  abstract Directory directory();

  static ServiceSpec spec(String name) {
    return TestSpec.of(name).build();
  }

  static void awaitOffers(Directory directory, ServiceOffer... offers) {
    await()
        .atMost(TIMEOUT)
        .untilAsserted(() -> assertThat(directory.offers()).containsExactlyInAnyOrder(offers));
  }

  @Test
  void itBeginsWithoutOffersAndWithThisNode() {
    assertThat(directory().offers()).isEmpty();
    assertThat(directory().members()).extracting(Member::node).containsExactly(SELF);
  }

  @Test
  void anOfferIsShownUntilItIsWithdrawn() {
    directory().offer(spec("a"), 7);
    directory().offer(spec("b"), 8);
    awaitOffers(
        directory(), new ServiceOffer(SELF, spec("a"), 7), new ServiceOffer(SELF, spec("b"), 8));

    directory().withdraw("a");
    awaitOffers(directory(), new ServiceOffer(SELF, spec("b"), 8));
  }

  @Test
  void theLatestOfferForAServiceReplacesEarlierOnes() {
    directory().offer(spec("a"), 7);
    directory().offer(spec("a"), 9);

    awaitOffers(directory(), new ServiceOffer(SELF, spec("a"), 9));
  }

  @Test
  void aListenerGetsEveryChange() {
    List<ServiceOffer> none = List.of();
    AtomicInteger changes = new AtomicInteger();
    directory()
        .listen(
            new Directory.Listener() {
              @Override
              public void changed() {
                changes.incrementAndGet();
              }

              @Override
              public void left(NodeId node) {
                throw new AssertionError(node + " cannot have left");
              }
            });
    directory().offer(spec("a"), 7);
    await().atMost(TIMEOUT).until(() -> changes.get() == 1);
    directory().withdraw("a");
    await().atMost(TIMEOUT).until(() -> changes.get() == 2);
    directory().withdraw("never offered");

    assertThat(directory().offers()).isEqualTo(none);
    assertThat(changes).hasValue(2);
  }
}
