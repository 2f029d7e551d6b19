package io.sparkwire.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.ServingQuery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark = LocalSpark.start();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private static String post(ServingQuery query, String json)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(query.url()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json))
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  @Test
  void aTransformerIsServed() throws Exception {
    Bucketizer model =
        new Bucketizer()
            .setInputCol("value")
            .setOutputCol("bucket")
            .setSplits(new double[] {Double.NEGATIVE_INFINITY, 0, Double.POSITIVE_INFINITY});
    try (ServingQuery query = ServeModel.start(spark, 0, model, "value DOUBLE", "bucket")) {
      assertThat(post(query, "{\"value\":-1}")).isEqualTo("{\"bucket\":0.0}");
      assertThat(post(query, "{\"value\":1}")).isEqualTo("{\"bucket\":1.0}");
    }
  }

  @Test
  void theTalksPipelineIsServed() throws Exception {
    VectorAssembler model =
        new VectorAssembler().setInputCols(new String[] {"age", "income"}).setOutputCol("scores");
    try (ServingQuery query = Talk.start(spark, "127.0.0.1", 0, model)) {
      assertThat(query.url()).endsWith("/api");
      assertThat(post(query, "{\"age\":1,\"income\":2.5}")).isEqualTo("[1.0,2.5]");
      assertThat(post(query, "{\"age\":\"one\"}")).contains("\"status\":400");
    }
  }

  @Test
  void manyServicesAnswerEachForItself() throws Exception {
    for (ServingQuery query : ManyServices.start(spark, 0, 2)) {
      try (query) {
        assertThat(post(query, "{\"value\":7}")).isEqualTo("{\"value\":7}");
      }
    }
  }

  @Test
  void someAreAnsweredFromWithin() throws Exception {
    try (ServingQuery query = ReplyFromWithin.start(spark, 0)) {
      assertThat(post(query, "{\"text\":\"\"}")).isEqualTo("{\"hint\":\"nothing to say\"}");
      assertThat(post(query, "{\"text\":\"hello\"}")).isEqualTo("HELLO");
    }
  }
}
