package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How much a client learns about the reason why the pipeline failed on its request. */
@ExtendWith(TestSpark.class)
class ErrorDetailTest {

  private final SparkSession spark;

  ErrorDetailTest(SparkSession spark) {
    this.spark = spark;
  }

  /** A service that fails on each of these bodies in a way of its own. */
  private ServingQuery start(String detail) {
    ServingSource source =
        Serving.on(spark).server("127.0.0.1", 0, "fails").option("partitions", 1);
    if (detail != null) {
      source.option("error-detail", detail);
    }
    return source
        .load()
        .parseRequest("x DOUBLE, n INT, label STRING")
        .mlTransform(model())
        .sql("SELECT struct(10 / n AS tenth, features) AS both FROM requests")
        .makeReply("both")
        .replyTo("fails")
        .start();
  }

  private PipelineModel model() {
    Dataset<Row> known = spark.sql("SELECT '1' AS label, 1.0D AS x UNION SELECT 'one', 2.0D");
    return new Pipeline()
        .setStages(
            new PipelineStage[] {
              new StringIndexer().setInputCol("label").setOutputCol("index"),
              new VectorAssembler()
                  .setInputCols(new String[] {"x", "index"})
                  .setOutputCol("features")
            })
        .fit(known);
  }

  private static String ask(ServingQuery query, String body) throws Exception {
    HttpResponse<String> reply = new TestClient(query).post(body);
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(500);
    assertThat(reply.body())
        .contains("\"detail\":\"the pipeline failed on this request in 2 attempt(s)\"")
        .doesNotContain("\\tat ");
    return reply.body();
  }

  private static final String BY_ZERO = "{\"x\":1,\"n\":0,\"label\":\"1\"}";
  private static final String UNSEEN = "{\"x\":1,\"n\":1,\"label\":\"unseen\"}";

  @Test
  void byDefaultItIsTheTypeOfTheCause() throws Exception {
    try (ServingQuery query = start(null)) {
      assertThat(ask(query, BY_ZERO))
          .endsWith(
              "\"cause\":\"org.apache.spark.SparkArithmeticException\","
                  + "\"condition\":\"DIVIDE_BY_ZERO\"}");
      assertThat(ask(query, UNSEEN))
          .contains("\"cause\":\"org.apache.spark.SparkException\"")
          .doesNotContain("\"message\"");
      assertThat(new TestClient(query).post("{\"x\":1,\"n\":1,\"label\":\"1\"}").body())
          .isEqualTo("{\"tenth\":10.0,\"features\":[1.0,0.0]}");
    }
  }

  @Test
  void itsMessageIsInTheReplyOnRequest() throws Exception {
    try (ServingQuery query = start("message")) {
      assertThat(ask(query, UNSEEN)).contains("\"message\":").contains("Unseen label: unseen");
      assertThat(ask(query, BY_ZERO)).contains("\"message\":").containsIgnoringCase("zero");
    }
  }

  @Test
  void nothingIsInTheReplyIfSoConfigured() throws Exception {
    try (ServingQuery query = start("none")) {
      assertThat(ask(query, BY_ZERO)).endsWith("in 2 attempt(s)\"}");
    }
  }
}
