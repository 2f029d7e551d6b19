package io.sparkwire.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TelemetryOptionsTest {

  @Test
  void nothingIsLoggedUnlessItIsAskedFor() {
    assertThat(TelemetryOptions.defaults().accessLog()).isEmpty();
    assertThat(TelemetryOptions.defaults().payloadLog()).isEmpty();
  }

  @Test
  void anAccessLogNeedsNothingButItsFile() {
    assertThat(TelemetryOptions.of(Map.of("access-log", "-")).accessLog())
        .contains(new AccessLogOptions("-", AccessLogOptions.Format.JSON));
    assertThat(
            TelemetryOptions.of(Map.of("access-log", "/a.log", "access-log-format", "combined"))
                .accessLog())
        .contains(new AccessLogOptions("/a.log", AccessLogOptions.Format.COMBINED));
  }

  @Test
  void aPayloadLogKeepsAllButHeaderFieldsOfEachRequestByDefault() {
    PayloadLogOptions log =
        TelemetryOptions.of(Map.of("payload-log", "/log")).payloadLog().orElseThrow();

    assertThat(log.sample()).isEqualTo(1);
    assertThat(log.omitted()).isEmpty();
    assertThat(log.headers()).isFalse();
    assertThat(log.memory()).isEqualTo(64 << 20);
    assertThat(log.files())
        .isEqualTo(new PayloadFileOptions(128 << 20, Duration.ofMinutes(1), false));
  }

  @Test
  void fieldsAreLeftOutByTheirPaths() {
    Map<String, String> given =
        Map.of("payload-log", "/log", "payload-log-omit", "request.body, uri");

    assertThat(TelemetryOptions.of(given).payloadLog().orElseThrow().omitted())
        .isEqualTo(Set.of(PayloadField.REQUEST_BODY, PayloadField.URI));
  }

  @Test
  void aFieldThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                TelemetryOptions.of(
                    Map.of("payload-log", "/log", "payload-log-omit", "request.boddy")))
        .withMessage(
            "option 'payload-log-omit' must be any of principal, uri, request.body,"
                + " reply.body, with commas between, got"
                + " 'request.boddy'");
  }

  @Test
  void aShareIsANumberFromZeroToOne() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> payloadSample("1.5"))
        .withMessage("option 'payload-log-sample' must be 0 to 1, got '1.5'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> payloadSample("NaN"))
        .withMessage("option 'payload-log-sample' must be 0 to 1, got 'NaN'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> payloadSample("half"))
        .withMessage("option 'payload-log-sample' must be a number such as 0.1, got 'half'");
  }

  private static void payloadSample(String share) {
    TelemetryOptions.of(Map.of("payload-log", "/log", "payload-log-sample", share));
  }

  @Test
  void optionsOfALogThatIsNotAskedForAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TelemetryOptions.of(Map.of("access-log-format", "json")))
        .withMessage("option 'access-log-format' needs the option 'access-log'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TelemetryOptions.of(Map.of("payload-log-sample", "0.1")))
        .withMessage("option 'payload-log-sample' needs the option 'payload-log'");
  }
}
