package io.sparkwire.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkloadTest {
  @ParameterizedTest
  @CsvSource({
    "PAYLOAD_100, 100",
    "PAYLOAD_1K, 1000",
    "PAYLOAD_10K, 10000",
    "PAYLOAD_100K, 100000",
    "PAYLOAD_1M, 1000000"
  })
  void aPayloadHasAsManyBytesAsItsNameSays(Workload workload, int bytes) {
    assertThat(new ValueText(workload.body()).length()).isEqualTo(bytes);
    assertThat(workload.expected()).isEqualTo(workload.body());
    assertThat(workload.wholeBody()).isTrue();
  }

  @Test
  void aPayloadIsAnObjectOfANumberAndAText() {
    assertThat(Workload.PAYLOAD_100.body()).matches("\\{\"value\":<value>,\"text\":\"x+\"}");
  }
}
