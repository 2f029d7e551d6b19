package io.sparkwire.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/**
 * A receiver of spans over OTLP/HTTP on a free port, which the nodes of this JVM find by properties
 * of OpenTelemetry as long as it is open. Thread-safe.
 */
public final class OtlpReceiver implements AutoCloseable {

  private static final String ENDPOINT = "otel.exporter.otlp.endpoint";
  private static final String DELAY = "otel.bsp.schedule.delay";
  private static final String SAMPLER = "otel.traces.sampler";
  private static final String RATIO = "otel.traces.sampler.arg";

  private static final String RESOURCE = "otel.resource.attributes";
  private static final String NO_RETRY = "otel.java.exporter.otlp.retry.disabled";

  private final HttpServer server;
  private final List<ReceivedSpan> spans = new CopyOnWriteArrayList<>();

  private OtlpReceiver(HttpServer server) {
    this.server = server;
    server.createContext("/v1/traces", this::receive);
    server.start();
  }

  public static OtlpReceiver open() {
    try {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      OtlpReceiver receiver = new OtlpReceiver(HttpServer.create(any, 0));
      System.setProperty(ENDPOINT, "http://127.0.0.1:" + receiver.server.getAddress().getPort());
      System.setProperty(DELAY, "20");
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Has nodes that start from now on send spans only when they stop. */
  public OtlpReceiver lazily() {
    System.setProperty(DELAY, "600000");
    return this;
  }

  /** Has nodes that start from now on look for it where it is not. */
  public OtlpReceiver elsewhere() {
    System.setProperty(ENDPOINT, "http://127.0.0.1:1");
    System.setProperty(NO_RETRY, "true");
    return this;
  }

  /** Has nodes that start from now on describe themselves so. */
  public OtlpReceiver describing(String attributes) {
    System.setProperty(RESOURCE, attributes);
    return this;
  }

  /** Has nodes that start from now on sample so. */
  public OtlpReceiver sampling(String sampler, String ratio) {
    System.setProperty(SAMPLER, sampler);
    System.setProperty(RATIO, ratio);
    return this;
  }

  private void receive(HttpExchange exchange) throws IOException {
    ExportTraceServiceRequest sent = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
    sent.getResourceSpansList()
        .forEach(
            of ->
                of.getScopeSpansList().stream()
                    .flatMap(scope -> scope.getSpansList().stream())
                    .forEach(span -> spans.add(ReceivedSpan.of(span, of.getResource()))));
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  /** All that have arrived. */
  public List<ReceivedSpan> spans() {
    return List.copyOf(spans);
  }

  /** All of a trace, once there are so many. */
  public List<ReceivedSpan> await(String trace, int number) {
    Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> of(trace).size() >= number);
    return of(trace);
  }

  private List<ReceivedSpan> of(String trace) {
    return spans.stream().filter(span -> span.traceId().equals(trace)).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    List.of(ENDPOINT, DELAY, SAMPLER, RATIO, NO_RETRY, RESOURCE).forEach(System::clearProperty);
  }
}
