package io.sparkwire.metrics;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.TimeUnit;

/**
 * How late event loops are: each plans a task ten times a second, and looks how much later it runs.
 * Thread-safe.
 */
final class EventLoopLag implements MetricSource {

  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final LatencyHistogram lags = new LatencyHistogram();

  /** Begins, until the event loops end. */
  static EventLoopLag start(Vertx vertx) {
    EventLoopLag lag = new EventLoopLag();
    for (EventExecutor loop : ((VertxInternal) vertx).nettyEventLoopGroup()) {
      lag.plan(loop);
    }
    return lag;
  }

  private void plan(EventExecutor loop) {
    if (!loop.isShuttingDown()) {
      long due = System.nanoTime() + PERIOD_NANOS;
      Future<?> unused = loop.schedule(() -> look(loop, due), PERIOD_NANOS, TimeUnit.NANOSECONDS);
    }
  }

  private void look(EventExecutor loop, long due) {
    lags.record(System.nanoTime() - due);
    plan(loop);
  }

  @Override
  public void collect(Samples samples) {
    samples.add(Metric.EVENT_LOOP_LAG, lags);
  }
}
