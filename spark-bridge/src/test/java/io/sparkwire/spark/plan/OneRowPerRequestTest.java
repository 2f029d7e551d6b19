package io.sparkwire.spark.plan;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.first;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sparkwire.spark.Serving;
import io.sparkwire.spark.ServingQuery;
import io.sparkwire.spark.ServingWriter;
import io.sparkwire.spark.TestClient;
import io.sparkwire.spark.TestSpark;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines that make several rows of one request. */
@ExtendWith(TestSpark.class)
class OneRowPerRequestTest {

  private final SparkSession spark;

  OneRowPerRequestTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> rows() {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "many")
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT, items ARRAY<STRUCT<a: INT, b: STRING>>, m MAP<STRING, INT>")
        .dataset();
  }

  private static void refuses(Dataset<Row> rows, String by) {
    assertThatThrownBy(() -> Serving.replyTo(Serving.makeReply(rows, "value"), "many"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(by);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "explode(items)",
        "explode_outer(items)",
        "posexplode(items)",
        "explode(m) AS (k, n)",
        "inline(items)",
        "stack(2, 1, 2)",
        "explode(array(1, 2))"
      })
  void aGeneratorIsRefused(String generator) {
    refuses(
        rows().select(col("id"), col("value"), expr(generator)),
        "the pipeline makes several rows of one request by "
            + generator.substring(0, generator.indexOf('(')).replace("_outer", ""));
  }

  @Test
  void soIsOneInSql() {
    refuses(
        Serving.sql(rows(), "SELECT value, t.x FROM requests LATERAL VIEW explode(items) t AS x"),
        "by explode");
  }

  @Test
  void groupingSetsAreRefused() {
    refuses(
        rows().rollup(col("id"), col("value")).count(),
        "several rows of one request by GROUPING SETS, ROLLUP or CUBE");
  }

  @Test
  void requestsThatAreReadTwiceAreRefused() {
    Dataset<Row> rows = rows();
    refuses(
        rows.filter("value > 0").union(rows.filter("value <= 0")),
        "the pipeline reads the requests more than once");
    refuses(
        rows.join(rows.select(col("id").as("other"), col("value").as("same")), expr("id = other")),
        "the pipeline reads the requests more than once");
  }

  @Test
  void whatMayLeaveOneRowPasses() {
    Dataset<Row> exploded =
        rows().select(col("id"), col("value"), explode(col("items")).as("item"));
    takes(exploded.groupBy("id").agg(collect_list("item").as("value")));
    takes(exploded.filter("item.a = value"));
    takes(exploded.select(col("id"), col("value"), col("item.b").as("b")).filter("b = 'x'"));
    takes(exploded.dropDuplicates("id"));
    takes(rows().select(col("id"), explode(array(col("value"))).as("value")));
    takes(rows().select(col("id"), expr("json_tuple('{}', 'a', 'b') AS (value, b)")));
    takes(
        rows()
            .groupBy("value")
            .agg(collect_list("id").as("ids"))
            .select(explode(col("ids")).as("id"), col("value")));
    takes(rows().groupBy("id").agg(first("value").as("value")));
  }

  private static void takes(Dataset<Row> rows) {
    assertThatCode(() -> Serving.replyTo(Serving.makeReply(rows, "value"), "many"))
        .doesNotThrowAnyException();
  }

  @Test
  void aQueryByFormatNameDoesNotStartEither(@TempDir Path checkpoint) {
    Dataset<Row> replies = rows().select(col("id"), explode(col("items")).as("reply"));
    assertThatThrownBy(
            () ->
                replies
                    .writeStream()
                    .format("sparkwire")
                    .option("checkpointLocation", checkpoint.toString())
                    .start()
                    .stop())
        .hasMessageContaining("the pipeline makes several rows of one request by explode");
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "merge"})
  void aSecondRowThatOnlyTheDataMakeIsCounted(String join) throws Exception {
    Dataset<Row> twice =
        spark.sql("SELECT * FROM VALUES (1L, 'a'), (2L, 'b'), (2L, 'b') t(value, x)");
    ServingWriter writer =
        Serving.replyTo(
            Serving.makeReply(
                rows().join(join.equals("merge") ? twice.hint("merge") : broadcast(twice), "value"),
                "x"),
            "many");
    try (ServingQuery query = writer.trigger(Trigger.ProcessingTime(0)).start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("a");
      assertThat(query.counts().orElseThrow().secondRows()).isZero();
      assertThat(client.post("{\"value\":2}").body()).isEqualTo("b");
      await().atMost(ofSeconds(10)).until(() -> query.counts().orElseThrow().secondRows() == 1);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("a");
    }
  }
}
