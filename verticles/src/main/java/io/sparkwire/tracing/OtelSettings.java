package io.sparkwire.tracing;

import io.sparkwire.telemetry.TracingMode;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The settings of OpenTelemetry that this process has got, by which a node decides whether it makes
 * traces. Immutable.
 *
 * @param environment with names as {@code OTEL_SDK_DISABLED}
 * @param properties of the JVM, which win, with names as {@code otel.sdk.disabled}
 */
record OtelSettings(Map<String, String> environment, Properties properties) {

  static OtelSettings ofProcess() {
    return new OtelSettings(System.getenv(), System.getProperties());
  }

  private String get(String name) {
    String variable = name.toUpperCase(Locale.ROOT).replace('.', '_');
    String value = properties.getProperty(name, environment.getOrDefault(variable, ""));
    return value.strip();
  }

  /** Whether a node with that option makes traces. */
  boolean wantTraces(TracingMode mode) {
    if (Boolean.parseBoolean(get("otel.sdk.disabled"))) {
      return false;
    }
    return switch (mode) {
      case ON -> true;
      case OFF -> false;
      case AUTO -> nameReceiver();
    };
  }

  private boolean nameReceiver() {
    String exporter = get("otel.traces.exporter");
    return exporter.isEmpty()
        ? !(get("otel.exporter.otlp.endpoint") + get("otel.exporter.otlp.traces.endpoint"))
            .isEmpty()
        : !exporter.equals("none");
  }
}
