package io.sparkwire.tracing;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.sparkwire.log.Causes;
import io.sparkwire.log.Event;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter whose failures are an event: the first at once, then one line a minute at most, with
 * how many spans were lost. Runs on: the exporter's threads. Thread-safe.
 */
final class WatchedExporter implements SpanExporter {

  private static final Logger LOG = LoggerFactory.getLogger(WatchedExporter.class);
  private static final long PAUSE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final SpanExporter exporter;
  private final LongSupplier nanoTime;
  private final Lines lines;
  private long lost;
  private long lastNanos;
  private boolean logged;

  WatchedExporter(SpanExporter exporter, LongSupplier nanoTime, Lines lines) {
    this.exporter = exporter;
    this.nanoTime = nanoTime;
    this.lines = lines;
  }

  /** Writes a line about spans that were lost. */
  @FunctionalInterface
  interface Lines {
    void write(long lost, String reason);
  }

  /** Writes at WARN. */
  static WatchedExporter of(SpanExporter exporter) {
    return new WatchedExporter(
        exporter,
        System::nanoTime,
        (lost, reason) ->
            Event.SPANS_NOT_EXPORTED.warn(LOG, "{} spans could not be sent: {}", lost, reason));
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int size = spans.size();
    CompletableResultCode result = exporter.export(spans);
    return result.whenComplete(
        () -> {
          if (!result.isSuccess()) {
            lost(size, result.getFailureThrowable());
          }
        });
  }

  private synchronized void lost(int spans, Throwable failure) {
    lost += spans;
    if (!logged || nanoTime.getAsLong() - lastNanos >= PAUSE_NANOS) {
      lines.write(lost, failure == null ? "no reason given" : Causes.message(failure));
      logged = true;
      lastNanos = nanoTime.getAsLong();
      lost = 0;
    }
  }

  @Override
  public CompletableResultCode flush() {
    return exporter.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return exporter.shutdown();
  }

  @Override
  public String toString() {
    return exporter.toString();
  }
}
