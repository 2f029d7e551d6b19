package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

class StatusTableTest {

  @Test
  void everyServiceOfEveryNodeHasALine() {
    JsonObject status =
        new JsonObject(
            """
            {"nodes": [
              {"node": "w1", "role": "worker", "address": "10.0.0.7:5701", "answers": true,
               "services": [
                 {"name": "a", "path": "/a", "inFlight": 3, "admitted": 1234, "refused": 0,
                  "queued": 1, "readers": 2, "epoch": 17},
                 {"name": "b", "path": "/b/:id", "inFlight": 0, "admitted": 5, "refused": 0,
                  "queued": 0, "readers": 2, "epoch": 3}]},
              {"node": "w2", "role": "worker", "address": "10.0.0.8:5701", "answers": false,
               "services": []},
              {"node": "g1", "role": "gateway", "address": "10.0.0.9:5701", "answers": true,
               "services": []}]}
            """);

    assertThat(StatusTable.of(status))
        .isEqualTo(
            """
            NODE  ROLE     ADDRESS        SERVICE      PATH    READERS  EPOCH  QUEUED  IN-FLIGHT  ADMITTED  REFUSED
            w1    worker   10.0.0.7:5701  a            /a      2        17     1       3          1234      0
            w1    worker   10.0.0.7:5701  b            /b/:id  2        3      0       0          5         0
            w2    worker   10.0.0.8:5701  (no answer)  -       -        -      -       -          -         -
            g1    gateway  10.0.0.9:5701  (none)       -       -        -      -       -          -         -
            """);
  }
}
