package io.sparkwire.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeOptionsTest {

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "4,1", "7,1", "8,2", "64,16", "1024,256", "100000,256"})
  void fourCoresShareAnEventLoop(int cores, int eventLoops) {
    assertThat(NodeOptions.forCores(cores)).isEqualTo(new NodeOptions(eventLoops));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,1", "4,2", "64,32", "512,256", "100000,256"})
  void twoCoresOfAGatewayShareAnEventLoop(int cores, int eventLoops) {
    assertThat(NodeOptions.forGateway(cores)).isEqualTo(new NodeOptions(eventLoops));
  }

  @Test
  void theWholeRangeIsAllowed() {
    assertThat(new NodeOptions(1).eventLoops()).isEqualTo(1);
    assertThat(new NodeOptions(256).eventLoops()).isEqualTo(256);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 257})
  void whatIsOutsideTheRangeIsRefused(int eventLoops) {
    assertThatThrownBy(() -> new NodeOptions(eventLoops))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'event-loops' must be 1 to 256, got '" + eventLoops + "'");
  }
}
