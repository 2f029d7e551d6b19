package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith({TestSpark.class, NothingLeft.class})
class WarmStartTest {

  private static final AtomicInteger COMPUTED = new AtomicInteger();

  private final SparkSession spark;

  WarmStartTest(SparkSession spark) {
    this.spark = spark;
  }

  @AfterEach
  void nothingLeaks() {
    COMPUTED.set(0);
  }

  private ServingWriter counting(String sample) {
    UDF1<Long, Long> counted =
        value -> {
          COMPUTED.incrementAndGet();
          return value;
        };
    return Serving.on(spark)
        .server("127.0.0.1", 0, "warm")
        .option("partitions", 1)
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(
            rows -> rows.withColumn("out", udf(counted, DataTypes.LongType).apply(col("value"))))
        .makeReply("out")
        .replyTo("warm")
        .warmUp("application/json", sample.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSampleWarmsThePipelineBeforeTheStartReturns() throws Exception {
    try (ServingQuery query = counting("{\"value\":1}").start()) {
      int computed = COMPUTED.get();
      assertThat(computed).isGreaterThan(100);
      assertThat(query.counts().orElseThrow().admitted()).as("is no client's").isZero();
      assertThat(new TestClient(query).post("{\"value\":2}").body()).isEqualTo("{\"out\":2}");
      assertThat(COMPUTED).hasValue(computed + 1);
    }
  }

  @Test
  void aSampleThatIsBadInputStopsTheStart() {
    assertThatThrownBy(() -> counting("{}").start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the warm-up request got status 400")
        .hasMessageContaining("field 'value' is missing");
  }

  @Test
  void aVersionThatFailsOnTheSampleDoesNotTakeOver() throws Exception {
    try (ServingQuery query = counting("{\"value\":1}").start()) {
      assertThatThrownBy(() -> query.replace(counting("{\"value\":\"one\"}")))
          .hasMessageContaining("the warm-up request got status 400");
      assertThat(new TestClient(query).post("{\"value\":3}").body()).isEqualTo("{\"out\":3}");
    }
  }
}
