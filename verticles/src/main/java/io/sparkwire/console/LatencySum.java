package io.sparkwire.console;

import io.sparkwire.feed.ServiceReading;
import io.sparkwire.feed.ServiceReading.Part;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The latencies of one service in an interval, of all nodes together. Not thread-safe. */
final class LatencySum {

  private static final double[] PERCENTILES = {50, 99, 99.9};

  private final Map<Part, Histogram> sums = new EnumMap<>(Part.class);

  /** Adds what a node has recorded between two readings. */
  void add(ServiceReading from, ServiceReading to) {
    to.latencies()
        .forEach(
            (part, latest) -> {
              Histogram between = latest.copy();
              Histogram before = from.latencies().get(part);
              if (before != null) {
                between.subtract(before);
              }
              sums.merge(part, between, LatencySum::plus);
            });
  }

  private static Histogram plus(Histogram sum, Histogram more) {
    sum.add(more);
    return sum;
  }

  /** Of each part p50, p99 and p99.9 in microseconds; nothing of parts that no request had. */
  JsonObject toJson() {
    JsonObject json = new JsonObject();
    sums.forEach(
        (part, times) -> {
          if (times.getTotalCount() > 0) {
            json.put(part.key(), percentiles(times));
          }
        });
    return json;
  }

  private static JsonArray percentiles(Histogram times) {
    JsonArray values = new JsonArray();
    for (double percentile : PERCENTILES) {
      values.add(times.getValueAtPercentile(percentile));
    }
    return values;
  }
}
