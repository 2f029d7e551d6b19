package io.sparkwire.requestlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadSampleTest {

  private static final int IDS = 100_000;

  private static List<RequestId> taken(double share, String node) {
    PayloadSample sample = new PayloadSample(share);
    return LongStream.range(0, IDS)
        .mapToObj(i -> new RequestId(new NodeId(node), i))
        .filter(sample::takes)
        .toList();
  }

  @Test
  void noneAndAllAreExact() {
    assertThat(taken(0, "n1")).isEmpty();
    assertThat(taken(1, "n1")).hasSize(IDS);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.1, 0.5, 0.99})
  void aShareOfTheIdsOfEachNodeIsTaken(double share) {
    for (String node : List.of("n1", "4p0sz8w2i1")) {
      assertThat(taken(share, node).size() / (double) IDS).isCloseTo(share, within(0.005));
    }
  }

  @Test
  void aSmallerShareIsAPartOfALargerOne() {
    assertThat(Set.copyOf(taken(0.5, "n1")).containsAll(taken(0.1, "n1"))).isTrue();
  }

  @Test
  void theDecisionIsTheSameInEveryRelease() {
    assertThat(taken(0.001, "n1").subList(0, 3))
        .extracting(RequestId::toString)
        .containsExactly("n1-15f", "n1-929", "n1-dda");
  }
}
