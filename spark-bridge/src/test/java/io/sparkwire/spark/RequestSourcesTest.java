package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
class RequestSourcesTest {

  private final SparkSession spark;

  RequestSourcesTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> requests(String service) {
    return Serving.on(spark).server("127.0.0.1", 0, service).load().dataset();
  }

  @Test
  void rowsAfterAnyStepsKnowTheirService() {
    Dataset<Row> rows = requests("one").selectExpr("id", "length(request.entity.content) AS n");

    assertThat(Serving.pipeline(rows.filter("n > 0")).service()).isEqualTo("one");
  }

  @Test
  void rowsOfNoServiceSaySo() {
    assertThatThrownBy(() -> Serving.pipeline(spark.range(1).toDF()).service())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the rows must come from requests of one service, but they come from none");
  }

  @Test
  void rowsOfSeveralServicesNameThem() {
    Dataset<Row> both = requests("one").union(requests("two"));

    assertThatThrownBy(() -> Serving.pipeline(both).service())
        .hasMessage(
            "the rows must come from requests of one service, but they come from those of one, two");
  }
}
