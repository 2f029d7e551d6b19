package io.sparkwire.httpclient.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallSettingsTest {

  private static final Timeouts TIMEOUTS = new Timeouts(1, 1, 1);
  private static final Retries RETRIES = new Retries(0, 1, false);

  @ParameterizedTest
  @CsvSource({
    "0,1,1,connectTimeout,0",
    "1,0,1,requestTimeout,0",
    "1,1,-5,totalTimeout,-5",
    "-1,-1,-1,connectTimeout,-1"
  })
  void aTimeoutIsAtLeastAMillisecond(
      long connect, long request, long total, String name, long got) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Timeouts(connect, request, total))
        .withMessage("param '%s' must be at least 1 ms, got '%d'", name, got);
  }

  @Test
  void aBodyMayBeEmptyButHasNoNegativeLimit() {
    assertThat(new CallSettings(TIMEOUTS, RETRIES, 0, 0, ClientTls.USUAL).maxBody()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallSettings(TIMEOUTS, RETRIES, -1, 0, ClientTls.USUAL))
        .withMessage("param 'maxBody' must be 0 to 2147483647 bytes, got '-1'");
  }

  @Test
  void redirectsMayBeOff() {
    assertThat(new CallSettings(TIMEOUTS, RETRIES, 0, 0, ClientTls.USUAL).maxRedirects()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CallSettings(TIMEOUTS, RETRIES, 0, -1, ClientTls.USUAL))
        .withMessage("param 'maxRedirects' must be 0 or more, got '-1'");
  }
}
