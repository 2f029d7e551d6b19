package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;

class ContinuousTriggerTest extends TriggerContract {

  private static final String POLL_MILLIS = "spark.sql.streaming.continuous.executorPollIntervalMs";

  ContinuousTriggerTest(SparkSession spark) {
    super(spark);
  }

  @Override
  Trigger trigger() {
    return Trigger.Continuous("1 second");
  }

  @Test
  void aRowThatIsLeftOutIsAnsweredLongBeforeItsEpochEnds() throws Exception {
    ServingWriter writer =
        Serving.on(spark)
            .server("127.0.0.1", 0, "positive")
            .option("partitions", 1)
            .option("timeout", "10m")
            .load()
            .parseRequest("value BIGINT NOT NULL")
            .sql("SELECT value FROM requests WHERE value > 0")
            .makeReply("value")
            .replyTo("positive")
            .trigger(Trigger.Continuous("10 minutes"));
    try (ServingQuery query = writer.start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":-1}").statusCode()).isEqualTo(204);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("{\"value\":1}");
      assertThat(client.post("{\"value\":-2}").statusCode()).isEqualTo(204);
    }
  }

  private String pollMillisOf(SparkSession session) {
    ServingWriter writer =
        Serving.on(session)
            .server("127.0.0.1", 0, "polls")
            .load()
            .parseRequest("value BIGINT")
            .makeReply("value")
            .replyTo("polls")
            .trigger(trigger())
            .option("checkpointLocation", checkpoints.resolve("polls").toString());
    try (ServingQuery query = writer.start()) {
      return query.queries().get(0).sparkSession().conf().get(POLL_MILLIS);
    }
  }

  @Test
  void readersAskSeldomWhetherAnEpochHasEndedUnlessTheSessionSaysHowOften() {
    SparkSession own = spark.newSession();
    assertThat(pollMillisOf(own)).isEqualTo("1000");
    own.conf().set(POLL_MILLIS, "50");
    assertThat(pollMillisOf(own)).isEqualTo("50");
  }
}
