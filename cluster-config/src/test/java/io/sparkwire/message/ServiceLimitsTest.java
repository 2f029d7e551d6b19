package io.sparkwire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceLimitsTest {

  private int maxInFlight = ServiceLimits.MAX_IN_FLIGHT.defaultValue();
  private long maxBodyBytes = ServiceLimits.MAX_BODY.defaultValue();
  private int maxRows = ServiceLimits.MAX_ROWS.defaultValue();
  private Duration timeout = ServiceLimits.TIMEOUT.defaultValue();

  private ServiceLimits limits() {
    return new ServiceLimits(maxInFlight, maxBodyBytes, maxRows, timeout);
  }

  private void refused(String message) {
    assertThatThrownBy(this::limits)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void theDefaultsAreAllowed() {
    assertThat(limits())
        .isEqualTo(new ServiceLimits(1024, 1_048_576, 1_000, Duration.ofSeconds(30)));
  }

  @Test
  void theEndsOfAllRangesAreAllowed() {
    maxInFlight = 1;
    maxBodyBytes = 0;
    maxRows = 1;
    timeout = Duration.ofMillis(1);
    assertThat(limits().maxInFlight()).isEqualTo(maxInFlight);

    maxInFlight = 1 << 20;
    maxBodyBytes = Integer.MAX_VALUE;
    maxRows = 1 << 20;
    timeout = Duration.ofDays(36_500);
    assertThat(limits().maxBodyBytes()).isEqualTo(maxBodyBytes);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, (1 << 20) + 1})
  void aNumberInFlightThatMakesNoSenseIsRefused(int wrong) {
    maxInFlight = wrong;
    refused("option 'max-in-flight' must be 1 to 1048576, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 1L << 31})
  void aBodyThatFitsNoArrayIsRefused(long wrong) {
    maxBodyBytes = wrong;
    refused("option 'max-body' must be 0 to 2147483647 bytes, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, (1 << 20) + 1})
  void aNumberOfRowsThatMakesNoSenseIsRefused(int wrong) {
    maxRows = wrong;
    refused("option 'max-rows' must be 1 to 1048576, got '" + wrong + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.000999S", "PT-1S"})
  void aTimeoutBelowAMillisecondIsRefused(Duration wrong) {
    timeout = wrong;
    refused("option 'timeout' must be at least 1ms, got '" + wrong + "'");
  }
}
