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
