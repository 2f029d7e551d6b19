package io.sparkwire.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What became of calls that tasks of this node made to other services. Thread-safe. */
public final class CallMetrics implements MetricSource {

  private final Map<Outcome, LongAdder> outcomes = new ConcurrentHashMap<>();
  private final LatencyHistogram durations = new LatencyHistogram();

  private record Outcome(String status, String failure) {}

  /** A call has ended with a whole answer, with that HTTP status. */
  public void answered(int status, long nanos) {
    add(new Outcome(status / 100 + "xx", ""), nanos);
  }

  /**
   * A call has ended without one.
   *
   * @param failure the class of what is in the way, without its package
   */
  public void failed(String failure, long nanos) {
    add(new Outcome("", failure), nanos);
  }

  private void add(Outcome outcome, long nanos) {
    outcomes.computeIfAbsent(outcome, o -> new LongAdder()).increment();
    durations.record(nanos);
  }

  @Override
  public void collect(Samples samples) {
    if (outcomes.isEmpty()) { // most nodes call none
      return;
    }
    outcomes.forEach(
        (outcome, count) ->
            samples.add(Metric.CALLS, count.sum(), outcome.status(), outcome.failure()));
    samples.add(Metric.CALL_DURATION, durations);
  }
}
