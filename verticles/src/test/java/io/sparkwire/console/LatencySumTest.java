package io.sparkwire.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.feed.ServiceReading;
import io.sparkwire.feed.ServiceReading.Part;
import io.vertx.core.json.JsonArray;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class LatencySumTest {

  private final LatencySum sum = new LatencySum();

  private static ServiceReading reading(long micros, int times) {
    Histogram histogram = new Histogram(3_600_000_000L, 2);
    histogram.recordValueWithCount(1, 1_000); // since long
    histogram.recordValueWithCount(micros, times);
    return new ServiceReading(Map.of(), Map.of(Part.TOTAL, histogram));
  }

  @Test
  void percentilesAreOfAllNodesInTheInterval() {
    sum.add(reading(100, 0), reading(100, 900));
    sum.add(reading(5_000, 50), reading(5_000, 150));
    JsonArray total = sum.toJson().getJsonArray("total");

    assertThat(total.getLong(0)).isBetween(100L, 101L);
    assertThat(total.getLong(1)).isBetween(5_000L, 5_050L);
    assertThat(total.getLong(2)).isBetween(5_000L, 5_050L);
  }

  @Test
  void anIntervalWithoutRequestsHasNone() {
    sum.add(reading(100, 10), reading(100, 10));
    assertThat(sum.toJson()).isEmpty();
  }

  @Test
  void readingsAreNotChanged() {
    ServiceReading from = reading(100, 1);
    ServiceReading to = reading(100, 3);
    sum.add(from, to);
    sum.add(from, to);

    assertThat(to.latencies().get(Part.TOTAL).getTotalCount()).isEqualTo(1_003);
    assertThat(from.latencies().get(Part.TOTAL).getTotalCount()).isEqualTo(1_001);
  }
}
