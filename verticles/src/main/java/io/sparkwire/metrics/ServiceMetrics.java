package io.sparkwire.metrics;

import io.sparkwire.exchange.ComputeTimes;
import io.sparkwire.exchange.Exchange;
import io.sparkwire.exchange.ExchangeObserver;
import io.sparkwire.exchange.ExchangeTimes;
import io.sparkwire.exchange.ServiceCounter;
import io.sparkwire.exchange.ServiceObserver;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.vertx.core.http.HttpServerRequest;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/**
 * What one service has done on this node since its start. Counters never fall, also if the service
 * ends and is opened again. Thread-safe.
 */
public final class ServiceMetrics implements ServiceObserver, ExchangeObserver, MetricSource {

  /** Those that are a number and nothing more; each is there from the start, with 0. */
  private static final List<Metric> COUNTERS =
      List.of(
          Metric.REQUESTS_ABANDONED,
          Metric.REQUESTS_QUARANTINED,
          Metric.REQUESTS_REPLAYED,
          Metric.REQUESTS_HANDED_OFF,
          Metric.REQUESTS_RECEIVED,
          Metric.REPLIES_LATE,
          Metric.REPLIES_UNREAD,
          Metric.ROWS_DROPPED);

  private final String service;
  private final NodeId node;
  private final RequestCounts responses = new RequestCounts();
  private final LatencyHistogram total = new LatencyHistogram();
  private final LatencyHistogram queue = new LatencyHistogram();
  private final LatencyHistogram pipeline = new LatencyHistogram();
  private final LatencyHistogram reply = new LatencyHistogram();
  private final Map<Metric, LongAdder> counters = new EnumMap<>(Metric.class);
  private final Map<String, LongAdder> restarts = new ConcurrentHashMap<>();
  private final EpochMetrics epochs;

  /**
   * @param nanoTime the clock of {@link System#nanoTime}
   */
  ServiceMetrics(String service, NodeId node, LongSupplier nanoTime) {
    this.service = service;
    this.node = node;
    this.epochs = new EpochMetrics(nanoTime);
    COUNTERS.forEach(counter -> counters.put(counter, new LongAdder()));
  }

  /**
   * What there was since the start of the node.
   *
   * @param requests responses by their kinds
   * @param total and the others: durations in microseconds
   */
  public record Reading(
      Map<ResponseKind, Long> requests,
      Histogram total,
      Histogram queue,
      Histogram pipeline,
      Histogram reply) {}

  /** A reading; each value is exact, but not all are of the same instant. */
  public Reading read() {
    return new Reading(responses.read(), total.copy(), queue.copy(), pipeline.copy(), reply.copy());
  }

  @Override
  public ExchangeObserver exchanges() {
    return this;
  }

  @Override
  public void refused(HttpServerRequest request, ServiceReply reply) {
    responses.count(reply);
  }

  @Override
  public void answered(Exchange exchange, LongSupplier nanoTime) {
    if (exchange.http() == null) { // the client's own exchange is counted
      return;
    }
    responses.count(exchange.reply());
    long now = nanoTime.getAsLong();
    ExchangeTimes times = exchange.times();
    total.record(now - exchange.openedNanos());
    reply.record(now - times.answered());
    if (times.worker() != null) {
      increment(Metric.REQUESTS_HANDED_OFF);
    }
  }

  @Override
  public void expired(Exchange exchange, LongSupplier nanoTime) {
    answered(exchange, nanoTime);
  }

  @Override
  public void abandoned(Exchange exchange, LongSupplier nanoTime) {
    if (exchange.http() != null) {
      increment(Metric.REQUESTS_ABANDONED);
    }
  }

  @Override
  public void computed(ServiceRequest request, ComputeTimes times, ServiceReply reply) {
    queue.record(times.queueNanos());
    pipeline.record(times.pipelineNanos());
    if (!request.id().node().equals(node)) {
      increment(Metric.REQUESTS_RECEIVED);
    }
  }

  @Override
  public void counted(ServiceCounter counter) {
    switch (counter) {
      case LATE_ANSWERS -> increment(Metric.REPLIES_LATE);
      case UNREAD -> increment(Metric.REPLIES_UNREAD);
      case SECOND_ROWS -> increment(Metric.ROWS_DROPPED);
      default -> {} // other events show it
    }
  }

  @Override
  public void epochBegan(String query, int partition, long epoch) {
    epochs.began(query, partition);
  }

  @Override
  public void epochEnded(String query, int partition, long epoch, boolean succeeded) {
    epochs.ended(query, partition, succeeded);
  }

  @Override
  public void replayed() {
    increment(Metric.REQUESTS_REPLAYED);
  }

  @Override
  public void quarantined(String request, int attempts, String cause) {
    increment(Metric.REQUESTS_QUARANTINED);
  }

  @Override
  public void restarted(String cause, String message) {
    restarts.computeIfAbsent(cause, c -> new LongAdder()).increment();
  }

  @Override
  public void collect(Samples samples) {
    responses
        .read()
        .forEach(
            (kind, count) ->
                samples.add(
                    Metric.REQUESTS,
                    count,
                    service,
                    kind.version(),
                    kind.statusClass(),
                    kind.failureName()));
    counters.forEach((counter, adder) -> samples.add(counter, adder.sum(), service));
    samples.add(Metric.REQUEST_DURATION, total, service);
    samples.add(Metric.QUEUE_DURATION, queue, service);
    samples.add(Metric.PIPELINE_DURATION, pipeline, service);
    samples.add(Metric.REPLY_DURATION, reply, service);
    restarts.forEach(
        (cause, times) -> samples.add(Metric.QUERY_RESTARTS, times.sum(), service, cause));
    epochs.collect(samples, service);
  }

  private void increment(Metric counter) {
    counters.get(counter).increment();
  }
}
