package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyRetentionTest {

  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void nothingIsKeptUnlessAServiceTurnsItOn() {
    assertThat(ReplyRetention.OFF.isOn()).isFalse();
    assertThat(ReplyRetention.OFF.asyncTimeout()).isEqualTo(Duration.ofMinutes(10));
    assertThat(new ReplyRetention(HOUR, Duration.ZERO).hasIdempotency()).isTrue();
    assertThat(new ReplyRetention(HOUR, Duration.ZERO).hasAsync()).isFalse();
    assertThat(new ReplyRetention(Duration.ZERO, HOUR).hasIdempotency()).isFalse();
    assertThat(new ReplyRetention(Duration.ZERO, HOUR).hasAsync()).isTrue();
  }

  @Test
  void theEndsOfAllRangesAreAllowed() {
    Duration week = Duration.ofDays(7);
    assertThat(new ReplyRetention(Duration.ofSeconds(1), week, Duration.ofMillis(1)).isOn())
        .isTrue();
    assertThat(new ReplyRetention(week, Duration.ofSeconds(1), week).isOn()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0.999S", "PT-1S", "PT168H1S"})
  void aRetentionThatMakesNoSenseIsRefused(Duration wrong) {
    assertThatThrownBy(() -> new ReplyRetention(wrong, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'idempotency' must be off or 1s to 168h, got '" + wrong + "'");
    assertThatThrownBy(() -> new ReplyRetention(Duration.ZERO, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'async' must be off or 1s to 168h, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT168H0.001S"})
  void aTimeoutThatMakesNoSenseIsRefused(Duration wrong) {
    assertThatThrownBy(() -> new ReplyRetention(HOUR, HOUR, wrong))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("option 'async-timeout' must be 1ms to 168h, got '" + wrong + "'");
  }
}
