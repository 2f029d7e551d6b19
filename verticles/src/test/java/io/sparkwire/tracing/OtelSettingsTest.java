package io.sparkwire.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.telemetry.TracingMode;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtelSettingsTest {

  private static boolean wanted(TracingMode mode, Map<String, String> environment) {
    return new OtelSettings(environment, new Properties()).wantTraces(mode);
  }

  @Test
  void withoutAnySettingTheOptionDecides() {
    assertThat(wanted(TracingMode.AUTO, Map.of())).isFalse();
    assertThat(wanted(TracingMode.OFF, Map.of())).isFalse();
    assertThat(wanted(TracingMode.ON, Map.of())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "OTEL_TRACES_EXPORTER",
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"
      })
  void aSettingThatNamesAReceiverTurnsTracesOnUnlessTheOptionTurnsThemOff(String variable) {
    Map<String, String> environment = Map.of(variable, "x");
    assertThat(wanted(TracingMode.AUTO, environment)).isTrue();
    assertThat(wanted(TracingMode.OFF, environment)).isFalse();
    assertThat(wanted(TracingMode.AUTO, Map.of(variable, " "))).isFalse();
  }

  @Test
  void noneForAnExporterIsNoReceiver() {
    Map<String, String> environment =
        Map.of("OTEL_TRACES_EXPORTER", "none", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318");
    assertThat(wanted(TracingMode.AUTO, environment)).isFalse();
  }

  @Test
  void aDisabledSdkMakesNoTraces() {
    assertThat(wanted(TracingMode.ON, Map.of("OTEL_SDK_DISABLED", "true"))).isFalse();
    assertThat(wanted(TracingMode.ON, Map.of("OTEL_SDK_DISABLED", "false"))).isTrue();
  }

  @Test
  void propertiesWinOverVariables() {
    Properties properties = new Properties();
    properties.setProperty("otel.traces.exporter", "none");
    OtelSettings settings = new OtelSettings(Map.of("OTEL_TRACES_EXPORTER", "otlp"), properties);
    assertThat(settings.wantTraces(TracingMode.AUTO)).isFalse();
  }
}
