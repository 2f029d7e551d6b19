package io.sparkwire.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.MultiMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The span of a call that is sampled. Not thread-safe. */
final class TracedCall implements CallSpan {

  private static final int FIRST_ERROR = 400;

  private final Span span;
  private final LongSupplier nanoTime;
  private final long offset;

  TracedCall(Span span, LongSupplier nanoTime, long offset) {
    this.span = span;
    this.nanoTime = nanoTime;
    this.offset = offset;
  }

  @Override
  public void writeTo(MultiMap headers) {
    HeaderFields.write(span.getSpanContext(), headers);
  }

  @Override
  public void ended(int status, long bytes, Throwable failure) {
    span.setAttribute(Attribute.STATUS, status);
    span.setAttribute(Attribute.RESPONSE_SIZE, bytes);
    if (failure != null) {
      error(failure.getClass().getName());
    } else if (status >= FIRST_ERROR) {
      error(Integer.toString(status));
    }
    end();
  }

  @Override
  public void failed(Throwable failure) {
    error(failure.getClass().getName());
    end();
  }

  private void error(String type) {
    span.setStatus(StatusCode.ERROR);
    span.setAttribute(Attribute.ERROR, type);
  }

  private void end() {
    span.end(nanoTime.getAsLong() + offset, TimeUnit.NANOSECONDS);
  }
}
