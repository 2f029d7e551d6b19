package io.sparkwire.options;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigOptionTest {

  private static final ConfigOption<Long> MAX_BODY =
      ConfigOption.of("max-body", OptionType.sizes(0, 2048), "1KB", "Largest body");
  private static final ConfigOption<Integer> PARTITIONS =
      ConfigOption.computed("partitions", OptionType.numbers(1, 9), "half of the cores", "Tasks");

  private static Options options(Map<String, String> values) {
    return new Options(values, List.of(MAX_BODY, PARTITIONS));
  }

  @Test
  void whatIsSetIsReadAndChecked() {
    assertThat(MAX_BODY.from(options(Map.of("max-body", "2KB")))).isEqualTo(2048);
    assertThat(PARTITIONS.from(options(Map.of("partitions", "3")), 1)).isEqualTo(3);
    assertThatThrownBy(() -> MAX_BODY.from(options(Map.of("max-body", "3KB"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'max-body' must be 0 to 2048 bytes, got '3KB'");
    assertThatThrownBy(() -> PARTITIONS.from(options(Map.of("partitions", "0")), 1))
        .hasMessage("option 'partitions' must be 1 to 9, got '0'");
  }

  @Test
  void whatIsNotSetHasItsDefault() {
    assertThat(MAX_BODY.from(options(Map.of()))).isEqualTo(1024);
    assertThat(MAX_BODY.defaultValue()).isEqualTo(1024);
    assertThat(PARTITIONS.from(options(Map.of()), 4)).isEqualTo(4);
  }

  @Test
  void aComputedDefaultHasNoValueHere() {
    assertThatThrownBy(() -> PARTITIONS.from(options(Map.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the default of option 'partitions' is computed");
  }

  @Test
  void aValueIsCheckedWhereverItComesFrom() {
    MAX_BODY.check(2048L);
    assertThatThrownBy(() -> MAX_BODY.check(2049L))
        .hasMessage("option 'max-body' must be 0 to 2048 bytes, got '2049'");
  }

  @Test
  void itMayHaveAnotherNameOrRange() {
    assertThatThrownBy(() -> MAX_BODY.named("spark.max-body").read("big"))
        .hasMessage("option 'spark.max-body' must be a size as in 65536, 64KB or 1MB, got 'big'");
    ConfigOption<Integer> narrow = PARTITIONS.within(OptionType.numbers(1, 2));
    assertThatThrownBy(() -> narrow.from(options(Map.of("partitions", "3")), 1))
        .hasMessage("option 'partitions' must be 1 to 2, got '3'");
  }
}
