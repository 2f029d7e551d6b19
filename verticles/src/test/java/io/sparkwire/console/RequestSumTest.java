package io.sparkwire.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.feed.ServiceReading;
import io.sparkwire.feed.ServiceReading.Kind;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestSumTest {

  private static final Kind GOOD = new Kind("v1", "2xx", "");
  private static final Kind NEW = new Kind("v2", "2xx", "");
  private static final Kind LATE = new Kind("", "5xx", "deadline-exceeded");

  private final RequestSum sum = new RequestSum();

  private static ServiceReading reading(Map<Kind, Long> requests) {
    return new ServiceReading(requests, Map.of());
  }

  private JsonObject json() {
    JsonObject json = new JsonObject();
    sum.writeTo(json);
    return json;
  }

  @Test
  void ratesAreOfTheTimeBetweenTwoReadingsOfEachNode() {
    sum.add(reading(Map.of(GOOD, 100L)), reading(Map.of(GOOD, 150L, LATE, 5L)), 5);
    sum.add(ServiceReading.NONE, reading(Map.of(GOOD, 20L, NEW, 20L)), 2);

    assertThat(json().getLong("requests")).isEqualTo(195);
    assertThat(json().getDouble("rate")).isEqualTo(10 + 1 + 10 + 10);
    assertThat(json().getDouble("errorRate")).isEqualTo(1);
  }

  @Test
  void errorsAreByTypeAndVersionsSideBySide() {
    sum.add(reading(Map.of()), reading(Map.of(GOOD, 8L, NEW, 2L, LATE, 1L)), 1);

    assertThat(json().getJsonArray("errors"))
        .containsExactly(
            new JsonObject()
                .put("requests", 1L)
                .put("rate", 1.0)
                .put("status", "5xx")
                .put("failure", "deadline-exceeded"));
    assertThat(json().getJsonArray("versions").stream().map(v -> ((JsonObject) v).encode()))
        .containsExactly(
            "{\"requests\":1,\"rate\":1.0,\"version\":\"\",\"errors\":1,\"errorRate\":1.0}",
            "{\"requests\":8,\"rate\":8.0,\"version\":\"v1\",\"errors\":0,\"errorRate\":0.0}",
            "{\"requests\":2,\"rate\":2.0,\"version\":\"v2\",\"errors\":0,\"errorRate\":0.0}");
  }

  @Test
  void oneReadingAloneHasNoRate() {
    sum.add(reading(Map.of(GOOD, 8L)), reading(Map.of(GOOD, 8L)), 0);
    assertThat(json().getDouble("rate")).isZero();
  }
}
