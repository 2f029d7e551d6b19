package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.intake.ServedService;
import io.sparkwire.node.ServingNode;
import org.apache.spark.api.java.function.FlatMapGroupsFunction;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pipelines with an operator that returns no row before it has all rows of its task. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class CollectingPipelineTest {

  private final SparkSession spark;

  CollectingPipelineTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Groups what one task has read, for which Spark sorts it. */
  private static Dataset<Row> grouped(Dataset<Row> rows) {
    int value = rows.schema().fieldIndex("value");
    MapFunction<Row, Long> key = row -> row.getLong(value);
    FlatMapGroupsFunction<Long, Row, Row> unchanged = (group, all) -> all;
    return rows.groupByKey(key, Encoders.LONG())
        .flatMapGroups(unchanged, Encoders.row(rows.schema()));
  }

  private ServingWriter grouping(String service) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, service)
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT")
        .transform(CollectingPipelineTest::grouped)
        .makeReply("value")
        .replyTo(service);
  }

  @Test
  void itsEpochsAreDrained() throws Exception {
    try (ServingQuery query = grouping("grouping").start()) {
      assertThat(new TestClient(query).post("{\"value\":7}").body()).isEqualTo("{\"value\":7}");
      ServedService served = ServingNode.current().services().find("grouping");
      assertThat(served.current().drained()).isTrue();
    }
  }

  @Test
  void itDoesNotStartUnderTheRealTimeTrigger() {
    assertThatThrownBy(() -> grouping("grouping").trigger(Trigger.RealTime("5 seconds")).start())
        .hasMessageContaining("the pipeline has Sort, which returns no row before")
        .hasMessageContaining("use the micro-batch trigger");
  }
}
