package io.sparkwire.spark.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.cluster.Node;
import io.sparkwire.cluster.NodeOptions;
import io.sparkwire.feed.NodeFeed;
import io.sparkwire.message.Addresses;
import io.sparkwire.message.NodeId;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogAppenderTest {

  private final Node node = Node.embedded(new NodeId("n1"), new NodeOptions(1));
  private final NodeFeed feed = new NodeFeed(InstantSource.system());

  @AfterEach
  void stop() {
    node.stop().await();
  }

  @Test
  void whatIsLoggedIsInTheFeedOfTheLatestNode() {
    new NodeFeed(InstantSource.system()).show(LogAppender.attach()); // one that has ended
    feed.show(LogAppender.attach());
    feed.publish(node, Map::of);
    LoggerFactory.getLogger("io.sparkwire.Test").error("a line of {}", "the log");
    LoggerFactory.getLogger("io.sparkwire.Test").info("which is hidden by the level");
    JsonObject answer =
        node.vertx()
            .eventBus()
            .<JsonObject>request(Addresses.feed(node.id()), new JsonObject())
            .await()
            .body();

    List<JsonObject> lines =
        answer.getJsonArray("log").stream()
            .map(JsonObject.class::cast)
            .filter(line -> line.getString("logger").equals("Test"))
            .toList();
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0).getString("level")).isEqualTo("ERROR");
    assertThat(lines.get(0).getString("text")).isEqualTo("a line of the log");
  }
}
