package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Queries by format name that cannot serve, in a session without settings of Sparkwire. */
@ExtendWith(TestSpark.class)
@Timeout(120)
class StartCheckTest {

  private static final Column REPLY = lit("reply").as("reply");

  private final SparkSession spark;
  private final Path checkpoint;

  StartCheckTest(SparkSession spark, @TempDir Path checkpoint) {
    this.spark = spark;
    this.checkpoint = checkpoint;
  }

  private Dataset<Row> requests(String service, String option, String value) {
    return spark
        .readStream()
        .format("sparkwire")
        .option("service", service)
        .option("port", 0)
        .option("partitions", 1)
        .option(option, value)
        .load();
  }

  private StreamingQuery start(Dataset<Row> replies) throws Exception {
    return replies
        .writeStream()
        .format("sparkwire")
        .option("checkpointLocation", checkpoint.toString())
        .start();
  }

  private void doesNotStart(Dataset<Row> replies, String reason) {
    assertThatThrownBy(() -> start(replies).stop()).hasMessageContaining(reason);
    assertThat(spark.streams().active()).isEmpty();
  }

  @Test
  void aQueryDoesNotStartWithAnUnknownOption() {
    doesNotStart(requests("start", "max-inflight", "1").select(col("id"), REPLY), "'max-inflight'");
  }

  @Test
  void aQueryDoesNotStartWithoutItsColumns() {
    Dataset<Row> requests = requests("start", "port", "0");

    doesNotStart(requests.select("id"), "a column 'reply'");
    doesNotStart(requests.select(REPLY), "the column 'id'");
  }

  @Test
  void aQueryDoesNotStartWithMorePartitionsThanSlots() {
    doesNotStart(
        requests("start", "partitions", "5").select(col("id"), REPLY), "needs 5 task slot(s)");
  }

  @Test
  void aServiceIsServedByOneQueryOnly() throws Exception {
    Dataset<Row> replies = requests("start", "port", "0").select(col("id"), REPLY);
    StreamingQuery query = start(replies);
    try {
      assertThat(Serving.service(query).port()).isPositive();
      assertThatThrownBy(
              () ->
                  replies
                      .writeStream()
                      .format("sparkwire")
                      .option("checkpointLocation", checkpoint + "/other")
                      .start()
                      .stop())
          .hasMessageContaining("'start' is already served");
    } finally {
      query.stop();
    }
    assertThatThrownBy(() -> Serving.service(query)).hasMessageContaining("does not run");
  }
}
