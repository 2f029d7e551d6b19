package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WatchedStatusTest {

  private static final JsonObject FRAME =
      new JsonObject(
          """
          {"time": 3600000,
           "nodes": [
             {"node": "n1", "role": "gateway", "address": "10.0.0.1:5701", "state": "up",
              "since": 0, "services": [{"name": "churn"}]},
             {"node": "n2", "role": "worker", "address": "10.0.0.2:5701", "state": "up",
              "since": 0, "services": [{"name": "churn", "readers": 2}]},
             {"node": "n3", "role": "worker", "address": "10.0.0.3:5701", "state": "gone",
              "since": 3590000, "services": [{"name": "churn", "readers": 2}]}],
           "services": [
             {"name": "churn", "rate": 1234.56, "errorRate": 0.5, "inFlight": 3, "limit": 1024,
              "queued": 1, "readers": 2,
              "latencies": {"total": [1500, 12345, 20000], "queue": [1, 2000, 3000]}}],
           "events": [
             {"kind": "quarantined", "time": 3599000, "service": "churn", "request": "n1-7",
              "cause": "java.io.IOException: no"},
             {"kind": "epoch", "time": 3599000, "service": "churn"}]}
          """);

  private final WatchedStatus watched = new WatchedStatus(ZoneOffset.UTC);

  @Test
  void servicesHaveRatesAndLatenciesAndNodesTheirState() {
    assertThat(watched.text(FRAME))
        .isEqualTo(
            """
            01:00:00

            SERVICE  REQ/S   ERR/S  P50    P99     P99.9   QUEUE  PIPELINE  REPLY  IN-FLIGHT  QUEUED  READERS
            churn    1234.6  0.5    1.5ms  12.3ms  20.0ms  2.0ms  -         -      3/1024     1       2

            NODE  ROLE     ADDRESS        STATE                READS
            n1    gateway  10.0.0.1:5701  up                   -
            n2    worker   10.0.0.2:5701  up                   churn (2)
            n3    worker   10.0.0.3:5701  gone since 00:59:50  -

            00:59:59  quarantined n1-7 of churn: java.io.IOException: no
            """);
  }

  @Test
  void theLatestEventsStay() {
    for (int i = 0; i < 20; i++) {
      JsonObject event =
          new JsonObject()
              .put("kind", "switched")
              .put("time", 3_599_000)
              .put("service", "churn")
              .put("version", i)
              .put("node", "n2");
      watched.text(FRAME.copy().put("events", new JsonArray().add(event)));
    }
    assertThat(watched.text(FRAME.copy().put("events", new JsonArray())))
        .contains("switched to version 19", "switched to version 12")
        .doesNotContain("switched to version 11");
  }
}
