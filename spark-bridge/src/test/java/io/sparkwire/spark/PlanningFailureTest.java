package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.rules.Rule;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.jdk.javaapi.CollectionConverters;

/** A service whose queries the driver cannot plan for a while. */
@ExtendWith(TestSpark.class)
@Timeout(180)
class PlanningFailureTest {

  private static final int TIMES = 2;

  private final SparkSession spark;

  PlanningFailureTest(SparkSession spark) {
    this.spark = spark.newSession();
  }

  /** A rule of the optimizer that throws on streaming plans as often as configured. */
  private static final class Throwing extends Rule<LogicalPlan> {

    private final AtomicInteger left = new AtomicInteger();

    @Override
    public LogicalPlan apply(LogicalPlan plan) {
      if (plan.isStreaming() && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("this plan was made to fail");
      }
      return plan;
    }
  }

  @ParameterizedTest
  @MethodSource("io.sparkwire.spark.Triggers#all")
  void losesNoRequest(Trigger trigger) throws Exception {
    Throwing rule = new Throwing();
    ((org.apache.spark.sql.classic.SparkSession) spark)
        .experimental()
        .extraOptimizations_$eq(
            CollectionConverters.asScala(List.<Rule<LogicalPlan>>of(rule)).toSeq());
    try (ServingQuery query = start(trigger)) {
      TestClient client = new TestClient(query);
      rule.left.set(TIMES);
      query.queries().get(0).stop(); // a continuous query is planned at its start alone
      for (int i = 0; rule.left.get() > 0; i++) {
        assertThat(client.post("{\"value\":" + i + "}").body())
            .isEqualTo("{\"doubled\":" + 2 * i + "}");
      }
      await().atMost(ofSeconds(60)).until(() -> query.restarts() > TIMES);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("{\"doubled\":2}");
    }
  }

  private ServingQuery start(Trigger trigger) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "planned")
        .option("partitions", 1)
        .option("epoch-length", "1s")
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(rows -> rows.withColumn("doubled", col("value").multiply(2)))
        .makeReply("doubled")
        .replyTo("planned")
        .trigger(trigger)
        .start();
  }
}
