package io.sparkwire.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The values of metrics, as sources add them to one answer. Not thread-safe. */
public final class Samples {

  private final Map<Metric, List<Sample>> all = new EnumMap<>(Metric.class);

  /** Of one histogram after the other: a node may have hundreds. */
  private final Histogram reading = LatencyHistogram.empty();

  /** One value, or a distribution, with the values of its labels. */
  private record Sample(Labels labels, double value, LatencyHistogram durations) {

    /** The value, or how many durations there are. */
    double number() {
      return durations == null ? value : durations.count();
    }
  }

  /**
   * Adds a value.
   *
   * @param labels values in the order of {@link Metric#labels}
   */
  public void add(Metric metric, double value, String... labels) {
    add(metric, value, null, labels);
  }

  /** Adds a number, in the same way. */
  public void add(Metric metric, long value, String... labels) {
    add(metric, (double) value, null, labels);
  }

  /** Adds a distribution, in the same way. */
  public void add(Metric metric, LatencyHistogram durations, String... labels) {
    add(metric, 0, durations, labels);
  }

  private void add(Metric metric, double value, LatencyHistogram durations, String... values) {
    Labels labels = Labels.of(metric.labels().toArray(String[]::new), values);
    all.computeIfAbsent(metric, m -> new ArrayList<>()).add(new Sample(labels, value, durations));
  }

  double total(Metric metric) {
    return of(metric).stream().mapToDouble(Sample::number).sum();
  }

  double totalSeconds(Metric metric) {
    return of(metric).stream().mapToDouble(sample -> sample.durations().sumSeconds()).sum();
  }

  private List<Sample> of(Metric metric) {
    return all.getOrDefault(metric, List.of());
  }

  /** What Prometheus gets: families with their values. */
  MetricSnapshots snapshots() {
    MetricSnapshots.Builder families = MetricSnapshots.builder();
    all.forEach((metric, samples) -> families.metricSnapshot(family(metric, samples)));
    return families.build();
  }

  private MetricSnapshot family(Metric metric, List<Sample> samples) {
    MetricMetadata name = new MetricMetadata(metric.stem(), metric.help() + ".");
    return switch (metric.kind()) {
      case COUNTER ->
          new CounterSnapshot(
              name,
              samples.stream()
                  .map(s -> new CounterDataPointSnapshot(s.value(), s.labels(), null, 0))
                  .toList());
      case GAUGE ->
          new GaugeSnapshot(
              name,
              samples.stream()
                  .map(s -> new GaugeDataPointSnapshot(s.value(), s.labels(), null))
                  .toList());
      case HISTOGRAM -> new HistogramSnapshot(name, samples.stream().map(this::point).toList());
      case INFO ->
          new InfoSnapshot(
              name, samples.stream().map(s -> new InfoDataPointSnapshot(s.labels())).toList());
    };
  }

  private HistogramDataPointSnapshot point(Sample sample) {
    sample.durations().copyInto(reading);
    return HistogramDataPointSnapshot.builder()
        .classicHistogramBuckets(
            ClassicHistogramBuckets.of(LatencyHistogram.BOUNDS, LatencyHistogram.buckets(reading)))
        .sum(sample.durations().sumSeconds())
        .labels(sample.labels())
        .build();
  }
}
