package io.sparkwire.tracing;

import io.sparkwire.cluster.Node;
import io.sparkwire.exchange.NodeObserver;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceSpec;
import io.vertx.core.http.HttpServerRequest;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Traces the requests of one node and the calls that its pipelines make, and sends the spans where
 * OpenTelemetry's settings say. Thread-safe.
 */
public final class Tracing implements NodeObserver {

  private static final Logger LOG = LoggerFactory.getLogger(Tracing.class);

  private final OtelSdk sdk;
  private final TracedRequests requests;
  private final ComputeSpans computed;
  private final CallTracer calls;
  private final Thread atExit = new Thread(this::sendRest, "sparkwire-spans");

  private Tracing(NodeId node, OtelSdk sdk, Spans spans) {
    this.sdk = sdk;
    this.requests = new TracedRequests(spans, sdk.sampler());
    this.computed = new ComputeSpans(node, spans, sdk.sampler());
    this.calls = new CallTracer(spans, sdk.sampler());
  }

  /**
   * That of a node that runs, until {@link #close} or the end of the JVM; empty if it is to make no
   * traces.
   *
   * @throws IllegalStateException if a setting of OpenTelemetry is wrong
   */
  public static Optional<Tracing> start(Node node) {
    if (!OtelSettings.ofProcess().wantTraces(node.options().telemetry().tracing())) {
      return Optional.empty();
    }
    OtelSdk sdk = new OtelSdk(node.id().text(), role(node));
    Tracing tracing = new Tracing(node.id(), sdk, spans(sdk));
    Runtime.getRuntime().addShutdownHook(tracing.atExit);
    return Optional.of(tracing);
  }

  private static String role(Node node) {
    return node.directory().members().stream()
        .filter(member -> member.node().equals(node.id()))
        .map(member -> member.role().name().toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("worker");
  }

  private static Spans spans(OtelSdk sdk) {
    return new Spans(
        sdk.tracer(),
        sdk.ids(),
        () -> ThreadLocalRandom.current().nextLong(),
        System::nanoTime,
        Tracing::epochNanos);
  }

  private static long epochNanos() {
    Instant now = Instant.now();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }

  /** What traces the calls that pipelines of this node make. */
  public CallTracer calls() {
    return calls;
  }

  @Override
  public ServiceObserver of(ServiceSpec spec) {
    return new TracedService(spec, requests, computed);
  }

  @Override
  public void unserved(HttpServerRequest request, ServiceReply reply) {
    requests.refused(request, null, reply, null);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
      sendRest();
    } catch (IllegalStateException e) {
      LOG.debug("the JVM ends already, and sends the rest of the spans", e);
    }
  }

  private void sendRest() {
    sdk.close().join();
  }
}
