package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TriggerArgumentsTest {

  private static Trigger trigger(String epochLength, String... args) {
    TriggerArguments arguments = new TriggerArguments();
    new CommandLine(arguments).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
    return arguments.trigger(epochLength);
  }

  @Test
  void microBatchesWithoutPauseAreTheDefault() {
    assertThat(trigger(null)).isEqualTo(Trigger.ProcessingTime(0));
    assertThat(trigger("1m", "--trigger", "micro")).isEqualTo(Trigger.ProcessingTime(0));
  }

  @Test
  void aRealTimeBatchLastsForAnEpoch() {
    assertThat(trigger(null, "--trigger", "realtime")).isEqualTo(Trigger.RealTime(300_000));
    assertThat(trigger("1m", "--trigger", "realtime")).isEqualTo(Trigger.RealTime(60_000));
    assertThat(trigger("1m", "--trigger", "realtime", "--trigger-interval", "10s"))
        .isEqualTo(Trigger.RealTime(10_000));
  }

  @Test
  void continuousEpochsHaveTheirOwnInterval() {
    assertThat(trigger("1m", "--trigger", "continuous")).isEqualTo(Trigger.Continuous(5_000));
    assertThat(trigger(null, "--trigger", "continuous", "--trigger-interval", "500ms"))
        .isEqualTo(Trigger.Continuous(500));
  }

  @Test
  void anIntervalHasToBeOfUse() {
    assertThatThrownBy(() -> trigger(null, "--trigger-interval", "1s"))
        .hasMessageContaining("use 'epoch-length' with micro");
    assertThatThrownBy(() -> trigger(null, "--trigger", "continuous", "--trigger-interval", "0ms"))
        .hasMessage("option 'trigger-interval' must be at least 1ms, got '0ms'");
    assertThatThrownBy(() -> trigger(null, "--trigger", "continuous", "--trigger-interval", "soon"))
        .hasMessageContaining("must be a duration as in 500ms, 30s, 5m or 1h");
  }
}
