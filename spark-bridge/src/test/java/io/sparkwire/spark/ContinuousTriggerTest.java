package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.http.RawHttp;
import io.sparkwire.intake.ServedService;
import io.sparkwire.node.ServingNode;
import java.util.concurrent.Semaphore;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.DataTypes;
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

  /** Fails on the value 1, once it is told to. */
  private static final class FailsWhenTold implements UDF1<Long, Long> {

    static final Semaphore BEGUN = new Semaphore(0);
    static final Semaphore TOLD = new Semaphore(0);

    @Override
    public Long call(Long value) throws InterruptedException {
      if (value == 1) {
        BEGUN.release();
        TOLD.acquire();
        throw new IllegalStateException("told to");
      }
      return 2 * value;
    }
  }

  /** This trigger reads ahead, so the other request is in the pipeline, too. */
  @Test
  void aRequestIsNotBlamedForThatOfAClientThatHasGone() throws Exception {
    ServingWriter writer =
        Serving.on(spark)
            .server("127.0.0.1", 0, "gone")
            .option("partitions", 1)
            .option("max-attempts", 1)
            .load()
            .parseRequest("value BIGINT NOT NULL")
            .transform(
                rows ->
                    rows.withColumn(
                        "doubled",
                        udf(new FailsWhenTold(), DataTypes.LongType).apply(col("value"))))
            .makeReply("doubled")
            .replyTo("gone")
            .trigger(trigger());
    try (ServingQuery query = writer.start();
        RawHttp other = new RawHttp(query.port())) {
      ServedService served = ServingNode.current().services().find("gone");
      try (RawHttp gone = new RawHttp(query.port())) {
        gone.post("/gone", "{\"value\":1}");
        FailsWhenTold.BEGUN.acquire();
        other.post("/gone", "{\"value\":2}");
        await().until(() -> served.service().inFlight() == 2);
        await().until(() -> served.current().intake().size() == 0);
      }
      await().until(() -> served.service().inFlight() == 1);
      FailsWhenTold.TOLD.release();
      assertThat(other.receive().body()).isEqualTo("{\"doubled\":4}");
      assertThat(query.counts().orElseThrow().quarantined()).isZero();
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
