package io.sparkwire.cluster;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.options.ConfigOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeLimitsTest {

  private static final long FILES = 1_500;
  private static final long HEAP = 512L << 20;

  private static NodeLimits of(Map<String, String> values) {
    return NodeLimits.of(values, FILES, HEAP);
  }

  @Test
  void theDefaultsLeaveRoomForSpark() {
    assertThat(of(Map.of()))
        .isEqualTo(
            new NodeLimits(
                new ConnectionLimits(750, 657, 100, ofSeconds(10), ofSeconds(60)),
                new TransferLimits(ofSeconds(10), ofSeconds(30), 1_024, 64L << 20, 64L << 20),
                new RateLimit(0, 1)));
    assertThat(NodeLimits.of(Map.of(), 1L << 20, HEAP).connections().connections())
        .isEqualTo(8_192);
  }

  @Test
  void everyKeyIsRead() {
    Map<String, String> values = new HashMap<>();
    values.put("max-connections", "900");
    values.put("max-connections-per-address", "7");
    values.put("max-streams", "8");
    values.put("head-timeout", "9ms");
    values.put("idle-timeout", "10ms");
    values.put("body-timeout", "11ms");
    values.put("write-timeout", "12ms");
    values.put("max-unfinished", "13");
    values.put("max-unfinished-bytes", "14KB");
    values.put("max-unread-bytes", "15MB");
    values.put("rate-limit", "16");
    values.put("rate-burst", "17");

    assertThat(NodeLimits.ALL.stream().map(ConfigOption::name))
        .containsExactlyInAnyOrderElementsOf(values.keySet());
    assertThat(of(values))
        .isEqualTo(
            new NodeLimits(
                new ConnectionLimits(900, 7, 8, ofMillis(9), ofMillis(10)),
                new TransferLimits(ofMillis(11), ofMillis(12), 13, 14L << 10, 15L << 20),
                new RateLimit(16, 17)));
  }

  @ParameterizedTest
  @CsvSource({
    "max-connections, 989, 1 to 988",
    "max-connections, 0, 1 to 988",
    "max-connections-per-address, 0, 1 to 1048576",
    "max-streams, 65537, 1 to 65536",
    "max-unfinished, 0, 1 to 1048576",
    "max-unread-bytes, 0, at least 1 byte",
    "rate-limit, 0.5, a whole number",
    "rate-limit, 1000001, off or 1 to 1000000",
    "rate-burst, 0, 1 to 1000000"
  })
  void aNumberOutOfItsRangeIsRefused(String key, String value, String allowed) {
    assertThatThrownBy(() -> of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option '" + key + "' must be " + allowed + ", got '" + value + "'");
  }

  @ParameterizedTest
  @CsvSource({"head-timeout, 0s", "idle-timeout, 25h", "body-timeout, 0ms", "write-timeout, 0s"})
  void aTimeoutOutOfItsRangeIsRefused(String key, String value) {
    assertThatThrownBy(() -> of(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option '" + key + "' must be 1ms to 24h, got '" + value + "'");
  }
}
