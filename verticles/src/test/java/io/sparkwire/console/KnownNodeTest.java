package io.sparkwire.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.Member;
import io.sparkwire.cluster.Role;
import io.sparkwire.message.NodeId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KnownNodeTest {

  private final KnownNode known =
      new KnownNode(new Member(new NodeId("n1"), Role.WORKER, "10.0.0.1:5701"), 1_000);

  private static NodeAnswer at(long seconds) {
    return NodeAnswer.of(
        new JsonObject().put("services", new JsonArray()),
        new JsonObject()
            .put("nanos", TimeUnit.SECONDS.toNanos(seconds))
            .put("cursors", new JsonObject().put("epoch", seconds)));
  }

  @Test
  void itIsUpOnceItAnswersAndSilentWhenItDoesNot() {
    known.polled(null, 2_000);
    assertThat(known.toJson().getString("state")).isEqualTo("joining");
    known.polled(at(1), 3_000);
    assertThat(known.toJson().getString("state")).isEqualTo("up");
    known.polled(null, 4_000);
    known.polled(null, 5_000);

    assertThat(known.toJson().getString("state")).isEqualTo("silent");
    assertThat(known.since()).isEqualTo(4_000);
    known.left(6_000);
    assertThat(known.toJson().getString("state")).isEqualTo("gone");
    assertThat(known.toJson().getLong("since")).isEqualTo(6_000);
  }

  @Test
  void itsRatesAreOfTheLastFiveSeconds() {
    for (int second = 1; second <= 20; second++) {
      known.polled(at(second), second);
    }

    assertThat(known.seconds()).isEqualTo(5);
    assertThat(known.earliest().nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(15));
    assertThat(known.previous().nanos()).isEqualTo(TimeUnit.SECONDS.toNanos(19));
    assertThat(known.cursors().getLong("epoch")).isEqualTo(20);
  }
}
