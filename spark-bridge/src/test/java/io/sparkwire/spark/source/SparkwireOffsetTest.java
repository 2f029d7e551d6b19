package io.sparkwire.spark.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SparkwireOffsetTest {

  @Test
  void itsJsonIsInCheckpointsAndNeverChanges() {
    assertThat(SparkwireOffset.INITIAL.json()).isEqualTo("{\"version\":1,\"epoch\":0}");
    assertThat(new SparkwireOffset(7).json()).isEqualTo("{\"version\":1,\"epoch\":7}");
    assertThat(new SparkwireOffset(Long.MAX_VALUE).json())
        .isEqualTo("{\"version\":1,\"epoch\":9223372036854775807}");
  }

  @Test
  void whatWasWrittenIsReadBack() {
    for (long epoch : new long[] {0, 7, Long.MAX_VALUE}) {
      SparkwireOffset offset = new SparkwireOffset(epoch);
      assertThat(SparkwireOffset.parse(offset.json())).isEqualTo(offset);
    }
    assertThat(SparkwireOffset.parse(" {\"epoch\": 7, \"version\": 1} ").epoch()).isEqualTo(7);
  }

  @Test
  void anEpochIsOneStep() {
    assertThat(SparkwireOffset.INITIAL.next()).isEqualTo(new SparkwireOffset(1));
    assertThat(new SparkwireOffset(1)).isNotEqualTo(new SparkwireOffset(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"version\":2,\"epoch\":7}",
        "{\"version\":\"1\",\"epoch\":7}",
        "{\"version\":null,\"epoch\":7}",
        "{\"epoch\":7}",
        "{\"version\":1}",
        "{\"version\":1,\"epoch\":-1}",
        "{\"version\":1,\"epoch\":null}",
        "{\"version\":1,\"epoch\":\"7\"}",
        "{\"version\":1,\"epoch\":7",
        "{\"version\":1,\"epoch\":7} x",
        "{\"0\":{\"my_api\":7}}",
        "[1,7]",
        "7",
        "",
        "null",
      })
  void whatThisVersionDidNotWriteIsRefused(String json) {
    assertThatThrownBy(() -> SparkwireOffset.parse(json))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the offset "
                + json
                + " is not one of a service, which in this version of Sparkwire is like"
                + " {\"version\":1,\"epoch\":7}");
  }

  @Test
  void anOffsetOfAnotherTypeIsNamed() {
    SparkwireOffset offset = new SparkwireOffset(7);

    assertThat(SparkwireOffset.checked(offset, SparkwireOffset.class)).isSameAs(offset);
    assertThatThrownBy(
            () -> SparkwireOffset.checked(new SparkwirePartitionOffset(1), SparkwireOffset.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the offset must be of type io.sparkwire.spark.source.SparkwireOffset,"
                + " got io.sparkwire.spark.source.SparkwirePartitionOffset");
    assertThatThrownBy(() -> SparkwireOffset.checked(null, SparkwirePartitionOffset.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the offset must be of type io.sparkwire.spark.source.SparkwirePartitionOffset, got null");
  }
}
