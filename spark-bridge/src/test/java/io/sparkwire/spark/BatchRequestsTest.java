package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of many rows, over real HTTP. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class BatchRequestsTest {

  private static final int MOST_ROWS = 200;
  private static final int REQUESTS = 100;
  private static final int CLIENTS = 16;

  private final SparkSession spark;
  @TempDir Path checkpoints;

  BatchRequestsTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingQuery serve(UnaryOperator<Dataset<Row>> steps, Trigger trigger) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "batch")
        .option("partitions", 2)
        .option("batch", "on")
        .option("max-rows", MOST_ROWS)
        .load()
        .parseRequest("value BIGINT NOT NULL, name STRING")
        .transform(steps::apply)
        .makeReply("value")
        .replyTo("batch")
        .trigger(trigger)
        .option("checkpointLocation", checkpoints.resolve("batch").toString())
        .start();
  }

  private ServingQuery serve(UnaryOperator<Dataset<Row>> steps) {
    return serve(steps, Trigger.ProcessingTime(0));
  }

  /** A JSON array of objects with the values from one number to another. */
  private static String array(int from, int to, String form) {
    return IntStream.range(from, to)
        .mapToObj(form::formatted)
        .collect(Collectors.joining(", ", "[", "]"));
  }

  private static String requests(int from, int to) {
    return array(from, to, "{\"value\": %d}");
  }

  private static String replies(int from, int to) {
    return array(from, to, "{\"value\":%d}").replace(", ", ",");
  }

  private static void everyReplyHasItsRowsInOrder(ServingQuery query) throws Exception {
    List<HttpResponse<String>> replies =
        new TestClient(query).postAll(REQUESTS, CLIENTS, i -> requests(i, i + 1 + i % 30));
    for (int i = 0; i < REQUESTS; i++) {
      assertThat(replies.get(i).statusCode()).isEqualTo(200);
      assertThat(replies.get(i).body()).isEqualTo(replies(i, i + 1 + i % 30));
    }
  }

  private static void isBadInput(HttpResponse<String> reply, String field) {
    assertThat(reply.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(reply.body()).getString("field")).isEqualTo(field);
  }

  @ParameterizedTest
  @MethodSource("io.sparkwire.spark.Triggers#all")
  void anArrayGetsAnArray(Trigger trigger) throws Exception {
    try (ServingQuery query = serve(rows -> rows, trigger)) {
      everyReplyHasItsRowsInOrder(query);
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\": 7}").body()).isEqualTo("{\"value\":7}");
      assertThat(client.post("[{\"value\": 7}]").body()).isEqualTo("[{\"value\":7}]");
      assertThat(client.post(" [] ").body()).isEqualTo("[]");
    }
  }

  @Test
  void rowsThatAreShuffledComeBackInOrder() throws Exception {
    try (ServingQuery query = serve(rows -> rows.repartition(3))) {
      everyReplyHasItsRowsInOrder(query);
    }
  }

  @ParameterizedTest
  @MethodSource("io.sparkwire.spark.Triggers#all")
  void rowsThatAreLeftOutAreNotInTheReply(Trigger trigger) throws Exception {
    try (ServingQuery query = serve(rows -> rows.where(col("value").mod(2).equalTo(0)), trigger)) {
      TestClient client = new TestClient(query);
      assertThat(client.post(requests(0, 5)).body())
          .isEqualTo("[{\"value\":0},{\"value\":2},{\"value\":4}]");
      assertThat(client.post("[{\"value\":1},{\"value\":2},{\"value\":3}]").body())
          .isEqualTo("[{\"value\":2}]");
      assertThat(client.post("[{\"value\":1},{\"value\":3}]").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void rowsThatAreLeftOutBehindAShuffleAreNotInTheReply() throws Exception {
    try (ServingQuery query =
        serve(rows -> rows.repartition(2).where(col("value").mod(2).equalTo(0)))) {
      TestClient client = new TestClient(query);
      assertThat(client.post(requests(0, 5)).body())
          .isEqualTo("[{\"value\":0},{\"value\":2},{\"value\":4}]");
      assertThat(client.post("[{\"value\":1}]").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void badInputNamesItsRow() throws Exception {
    try (ServingQuery query = serve(rows -> rows)) {
      TestClient client = new TestClient(query);
      isBadInput(client.post("[{\"value\":1},{\"value\":\"x\"}]"), "rows[1].value");
      isBadInput(client.post("[{\"value\":1},{}]"), "rows[1].value");
      isBadInput(client.post("[{\"value\":1},2]"), "rows[1]");
      isBadInput(client.post("[{\"value\":1},{\"value\":2]"), "rows[1]");
      isBadInput(client.post("[{\"value\":1},"), "rows[1]");
      assertThat(client.post("[{\"value\":1}] 2").statusCode()).isEqualTo(400);
      assertThat(client.post(requests(0, MOST_ROWS)).statusCode()).isEqualTo(200);
      assertThat(client.post(requests(0, MOST_ROWS + 1)).statusCode()).isEqualTo(413);
      assertThat(client.post("{\"value\":3}").body()).isEqualTo("{\"value\":3}");
    }
  }

  @Test
  void linesOfJsonGetLines() throws Exception {
    try (ServingQuery query = serve(rows -> rows)) {
      HttpResponse<String> reply =
          new TestClient(query)
              .post("", "application/x-ndjson", "{\"value\":1}\r\n\n{\"value\":2}\n{\"value\":3}");
      assertThat(reply.headers().firstValue("content-type")).hasValue("application/x-ndjson");
      assertThat(reply.body()).isEqualTo("{\"value\":1}\n{\"value\":2}\n{\"value\":3}\n");
    }
  }

  @Test
  void csvIsReadByTheTypesOfTheSchema() throws Exception {
    try (ServingQuery query =
        serve(rows -> rows.withColumn("value", expr("struct(value, name)")))) {
      TestClient client = new TestClient(query);
      String header = "name,value\r\n";
      assertThat(client.post("", "text/csv", header + "a,1\r\n\"b,\"\"c\",2\r\n,3\r\n").body())
          .isEqualTo(
              "[{\"value\":1,\"name\":\"a\"},{\"value\":2,\"name\":\"b,\\\"c\"},{\"value\":3}]");
      assertThat(client.post("", "text/csv; header=absent", "12,4\n").body())
          .isEqualTo("[{\"value\":12,\"name\":\"4\"}]");
      isBadInput(client.post("", "text/csv", header + "a,1\r\nb,x\r\n"), "rows[1].value");
      isBadInput(client.post("", "text/csv", header + "a,1\r\nb\r\n"), "rows[1]");
    }
  }

  @Test
  void aRowOnWhichThePipelineFailsFailsItsRequestAlone() throws Exception {
    String poison = "CASE WHEN value = 66 THEN raise_error('poison') ELSE value END";
    try (ServingQuery query =
        serve(rows -> rows.withColumn("value", expr(poison).cast("bigint")))) {
      List<HttpResponse<String>> replies =
          new TestClient(query).postAll(20, 8, i -> requests(10 * i, 10 * i + 10));
      for (int i = 0; i < 20; i++) {
        assertThat(replies.get(i).statusCode()).isEqualTo(i == 6 ? 500 : 200);
        if (i != 6) {
          assertThat(replies.get(i).body()).isEqualTo(replies(10 * i, 10 * i + 10));
        }
      }
    }
  }

  @Test
  void aReplyThatIsNoSuccessIsThatOfTheRequest() throws Exception {
    String status = "CASE WHEN value = 3 THEN 418 END";
    try (ServingQuery query =
        serve(rows -> rows.withColumn("value", expr("make_reply(value, " + status + ")")))) {
      TestClient client = new TestClient(query);
      assertThat(client.post(requests(0, 3)).body()).isEqualTo(replies(0, 3));
      HttpResponse<String> third = client.post(requests(0, 5));
      assertThat(third.statusCode()).isEqualTo(418);
      assertThat(third.body()).isEqualTo("{\"value\":3}");
    }
  }

  @Test
  void withoutTheOptionAnArrayIsBadInput() throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "single")
            .load()
            .parseRequest("value BIGINT")
            .makeReply("value")
            .replyTo("single")
            .start()) {
      assertThat(new TestClient(query).post(requests(0, 2)).statusCode()).isEqualTo(400);
    }
  }
}
