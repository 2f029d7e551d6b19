package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.sparkwire.log.Causes;
import io.sparkwire.version.Release;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * OpenTelemetry's SDK as its {@code OTEL_…} variables and properties configure it, for traces
 * alone. Nothing of it is global. Thread-safe.
 */
final class OtelSdk {

  private static final String SCOPE = "io.sparkwire";
  private static final int CLOSE_SECONDS = 5;
  private static final String NAME = "service.name";
  private static final String RESOURCE = "otel.resource.attributes";

  /** Of these the jars have no other. */
  private static final Map<String, String> DEFAULTS =
      Map.of("otel.exporter.otlp.protocol", "http/protobuf");

  /** Whatever a program beside this one may need: these nodes send traces, with W3C's context. */
  private static final Map<String, String> FIXED =
      Map.of(
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.propagators", "tracecontext");

  private static final String NOT_ASKED = "otel.java.disabled.resource.providers";

  /** Would warn that a node has an id. */
  private static final String RANDOM_INSTANCE =
      "io.opentelemetry.sdk.autoconfigure.ServiceInstanceIdResourceProvider";

  /** Kept, because Java forgets the level of a logger to which nothing refers. */
  private final Logger exporterLog = Logger.getLogger("io.opentelemetry.exporter");

  private final String node;
  private final String role;
  private final ChosenIds ids = new ChosenIds();
  private final OpenTelemetrySdk sdk;
  private FirstSampler sampler = FirstSampler.of("", 1);

  /**
   * @param role of the node
   * @throws IllegalStateException if a setting is wrong
   */
  OtelSdk(String node, String role) {
    this.node = node;
    this.role = role;
    exporterLog.setLevel(Level.OFF); // its failures are events
    try {
      this.sdk = build();
    } catch (ConfigurationException e) {
      throw new IllegalStateException("OpenTelemetry cannot start: " + Causes.message(e), e);
    }
  }

  private OpenTelemetrySdk build() {
    return AutoConfiguredOpenTelemetrySdk.builder()
        .disableShutdownHook()
        .addPropertiesSupplier(() -> DEFAULTS)
        .addPropertiesCustomizer(this::fixed)
        .addTracerProviderCustomizer((provider, config) -> provider.setIdGenerator(ids))
        .addSpanExporterCustomizer((to, config) -> WatchedExporter.of(to))
        .addSamplerCustomizer(
            (chosen, config) -> {
              sampler = first(config);
              return chosen;
            })
        .build()
        .getOpenTelemetrySdk();
  }

  private static FirstSampler first(ConfigProperties config) {
    return FirstSampler.of(
        config.getString("otel.traces.sampler", "parentbased_always_on"),
        config.getDouble("otel.traces.sampler.arg", 1));
  }

  private Map<String, String> fixed(ConfigProperties config) {
    Map<String, String> fixed = new HashMap<>(FIXED);
    fixed.put(RESOURCE, resource(config));
    Stream<String> unwanted =
        Stream.concat(config.getList(NOT_ASKED).stream(), Stream.of(RANDOM_INSTANCE));
    fixed.put(NOT_ASKED, String.join(",", unwanted.toList()));
    return fixed;
  }

  /** What the settings say of this process, and what they do not say but is known of a node. */
  private String resource(ConfigProperties config) {
    Set<String> given = new HashSet<>(config.getMap(RESOURCE).keySet());
    if (config.getString("otel.service.name") != null) {
      given.add(NAME);
    }
    StringBuilder all = new StringBuilder(config.getString(RESOURCE, ""));
    own()
        .forEach(
            (name, value) -> {
              if (!given.contains(name)) {
                all.append(all.isEmpty() ? "" : ",").append(name).append('=').append(value);
              }
            });
    return all.toString();
  }

  private Map<String, String> own() {
    return Map.of(
        NAME,
        "sparkwire",
        "service.version",
        Release.current().version(),
        "service.instance.id",
        node,
        "sparkwire.node.role",
        role);
  }

  Tracer tracer() {
    return sdk.getTracerProvider().get(SCOPE, Release.current().version());
  }

  ChosenIds ids() {
    return ids;
  }

  /** The sampler that the settings name. */
  FirstSampler sampler() {
    return sampler;
  }

  /** Sends what is left, for {@value #CLOSE_SECONDS} s at most. Does not block. */
  CompletableFuture<Void> close() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    sdk.shutdown().whenComplete(() -> closed.complete(null));
    return closed.completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
