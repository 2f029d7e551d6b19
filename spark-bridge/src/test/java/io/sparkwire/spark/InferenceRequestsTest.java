package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests of the Open Inference Protocol, over real HTTP. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class InferenceRequestsTest {

  private static final int REQUESTS = 60;
  private static final int CLIENTS = 16;
  private static final int MOST_ROWS = 200;
  private static final String MODEL = "/v2/models/model";
  private static final String INFER = MODEL + "/infer";

  private final SparkSession spark;
  @TempDir Path checkpoints;

  InferenceRequestsTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingPipeline requests() {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "model")
        .option("partitions", 2)
        .option("max-rows", MOST_ROWS)
        .load();
  }

  private ServingWriter writer(UnaryOperator<Dataset<Row>> steps) {
    return requests()
        .parseRequest("value BIGINT NOT NULL, name STRING, point VECTOR(2)")
        .transform(steps::apply)
        .transform(rows -> rows.withColumn("reply", expr("struct(value, name, point)")))
        .makeReply("reply")
        .replyTo("model");
  }

  private ServingQuery serve(UnaryOperator<Dataset<Row>> steps, Trigger trigger) {
    return writer(steps)
        .trigger(trigger)
        .option("checkpointLocation", checkpoints.resolve("model").toString())
        .start();
  }

  private static String url(ServingQuery query, String path) {
    return "http://127.0.0.1:" + query.port() + path;
  }

  private static TestClient client(ServingQuery query, String path) {
    return new TestClient(url(query, path));
  }

  private static HttpResponse<String> get(ServingQuery query, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url(query, path))).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static JsonObject input(String name, String type, List<?> data, Integer... shape) {
    return JsonObject.of(
        "name", name, "datatype", type, "shape", JsonArray.of((Object[]) shape), "data", data);
  }

  private static String request(JsonObject... inputs) {
    return JsonObject.of("id", "r1", "inputs", JsonArray.of((Object[]) inputs)).encode();
  }

  /** Rows with the values from one number to another. */
  private static String values(int from, int to) {
    int rows = to - from;
    return request(
        input("value", "INT32", IntStream.range(from, to).boxed().toList(), rows, 1),
        input("name", "BYTES", IntStream.range(from, to).mapToObj(i -> "n" + i).toList(), rows),
        input("point", "FP32", IntStream.range(2 * from, 2 * to).boxed().toList(), rows, 2));
  }

  private static JsonArray outputs(List<Integer> values) {
    int rows = values.size();
    List<Double> points = values.stream().flatMap(i -> Stream.of(2.0 * i, 2.0 * i + 1)).toList();
    return JsonArray.of(
        input("value", "INT64", values, rows),
        input("name", "BYTES", values.stream().map(i -> "n" + i).toList(), rows),
        input("point", "FP64", points, rows, 2));
  }

  private static void hasOutputs(HttpResponse<String> reply, int version, List<Integer> values) {
    assertThat(reply.statusCode()).as(reply.body()).isEqualTo(200);
    assertThat(new JsonObject(reply.body()))
        .isEqualTo(
            JsonObject.of(
                "model_name",
                "model",
                "model_version",
                Integer.toString(version),
                "id",
                "r1",
                "outputs",
                outputs(values)));
  }

  private static List<Integer> range(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  private static void isRefused(HttpResponse<String> reply, int status, String error) {
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(reply.body())).isEqualTo(JsonObject.of("error", error));
  }

  private static void everyReplyHasItsRows(ServingQuery query) throws Exception {
    List<HttpResponse<String>> replies =
        client(query, INFER).postAll(REQUESTS, CLIENTS, i -> values(i, i + 1 + i % 30));
    for (int i = 0; i < REQUESTS; i++) {
      hasOutputs(replies.get(i), 1, range(i, i + 1 + i % 30));
    }
  }

  @ParameterizedTest
  @MethodSource("io.sparkwire.spark.Triggers#all")
  void tensorsGetTensors(Trigger trigger) throws Exception {
    try (ServingQuery query = serve(rows -> rows, trigger)) {
      everyReplyHasItsRows(query);
    }
  }

  @Test
  void rowsThatAreShuffledComeBackInOrder() throws Exception {
    try (ServingQuery query = serve(rows -> rows.repartition(3), Trigger.ProcessingTime(0))) {
      everyReplyHasItsRows(query);
    }
  }

  @Test
  void rowsThatAreLeftOutAreNotInTheOutputs() throws Exception {
    try (ServingQuery query =
        serve(rows -> rows.where(col("value").mod(2).equalTo(0)), Trigger.ProcessingTime(0))) {
      TestClient client = client(query, INFER);
      hasOutputs(client.post(values(0, 5)), 1, List.of(0, 2, 4));
      assertThat(client.post(values(1, 2)).statusCode()).isEqualTo(204);
      assertThat(new JsonObject(client.post(values(7, 7)).body()).getString("id")).isEqualTo("r1");
    }
  }

  @Test
  void badInputNamesRowAndColumn() throws Exception {
    try (ServingQuery query = serve(rows -> rows, Trigger.ProcessingTime(0))) {
      TestClient client = client(query, INFER);
      isRefused(
          client.post(request(input("value", "FP64", List.of(1, 1.5), 2))),
          400,
          "rows[1]: field 'value' must be BIGINT, a whole number, got the number 1.5");
      isRefused(
          client.post(request(input("name", "BYTES", List.of("x"), 1))),
          400,
          "rows[0]: field 'value' is missing, but the schema declares it NOT NULL");
      isRefused(
          client.post(request(input("value", "INT8", List.of(1), 2))),
          400,
          "input 'value': 'data' must have 2 elements, as the shape says, got 1");
      isRefused(
          client.post(values(0, MOST_ROWS + 1)),
          413,
          "a request may have 200 rows at most; send fewer at a time");
      isRefused(
          client.post(
              new JsonObject(values(0, 1))
                  .put("outputs", JsonArray.of(JsonObject.of("name", "x")))
                  .encode()),
          400,
          "there is no output 'x'; the outputs are value, name, point");
      hasOutputs(client.post(values(0, MOST_ROWS)), 1, range(0, MOST_ROWS));
    }
  }

  @Test
  void aRowOnWhichThePipelineFailsFailsItsRequestAlone() throws Exception {
    String poison = "CASE WHEN value = 66 THEN raise_error('poison') ELSE value END";
    try (ServingQuery query =
        serve(
            rows -> rows.withColumn("value", expr(poison).cast("bigint")),
            Trigger.ProcessingTime(0))) {
      List<HttpResponse<String>> replies =
          client(query, INFER).postAll(20, 8, i -> values(10 * i, 10 * i + 10));
      for (int i = 0; i < 20; i++) {
        if (i == 6) {
          assertThat(replies.get(i).statusCode()).isEqualTo(500);
          assertThat(new JsonObject(replies.get(i).body()).fieldNames()).containsExactly("error");
        } else {
          hasOutputs(replies.get(i), 1, range(10 * i, 10 * i + 10));
        }
      }
    }
  }

  @Test
  void theVersionIsThatOfThePipeline() throws Exception {
    try (ServingQuery query = serve(rows -> rows, Trigger.ProcessingTime(0))) {
      assertThat(get(query, MODEL + "/versions/1").statusCode()).isEqualTo(200);
      query.replace(writer(rows -> rows));

      JsonObject metadata = new JsonObject(get(query, MODEL).body());
      assertThat(metadata.getJsonArray("versions")).isEqualTo(JsonArray.of("2"));
      assertThat(metadata.getJsonArray("inputs"))
          .isEqualTo(
              new JsonArray(
                  "[{\"name\":\"value\",\"datatype\":\"INT64\",\"shape\":[-1]},"
                      + "{\"name\":\"name\",\"datatype\":\"BYTES\",\"shape\":[-1]},"
                      + "{\"name\":\"point\",\"datatype\":\"FP64\",\"shape\":[-1,2]}]"));
      hasOutputs(client(query, MODEL + "/versions/2/infer").post(values(0, 2)), 2, range(0, 2));
      isRefused(
          client(query, MODEL + "/versions/1/infer").post(values(0, 2)),
          404,
          "there is no model 'model' of version '1' here");
    }
  }

  @Test
  void arraysHaveTheSizeThatTheMetadataShow() throws Exception {
    try (ServingQuery query =
        requests()
            .parseRequest("ids ARRAY<INT>(3) NOT NULL, x ARRAY<DOUBLE>(2)")
            .transform(rows -> Serving.makeReplyOf(rows, List.of("ids", "x")))
            .replyTo("model")
            .start()) {
      String tensors =
          "[{\"name\":\"ids\",\"datatype\":\"INT32\",\"shape\":[-1,3]},"
              + "{\"name\":\"x\",\"datatype\":\"FP64\",\"shape\":[-1,2]}]";
      JsonObject metadata = new JsonObject(get(query, MODEL).body());
      assertThat(metadata.getJsonArray("inputs")).isEqualTo(new JsonArray(tensors));
      assertThat(metadata.getJsonArray("outputs")).isEqualTo(new JsonArray(tensors));

      JsonObject ids = input("ids", "INT32", List.of(1, 2, 3, 4, 5, 6), 2, 3);
      JsonObject x = input("x", "FP64", List.of(0.5, 1.5, 2.5, 3.5), 2, 2);
      TestClient client = client(query, INFER);
      assertThat(new JsonObject(client.post(request(ids, x)).body()).getJsonArray("outputs"))
          .isEqualTo(JsonArray.of(ids, x));
      isRefused(
          client.post(request(input("ids", "INT32", List.of(1, 2, 3, 4), 2, 2))),
          400,
          "rows[0]: field 'ids' must be ARRAY, a JSON array of 3 elements, got an array of 2");
      isRefused(
          client.post(request(ids, input("x", "FP64", List.of(1, 2, 3, 4, 5, 6), 2, 3))),
          400,
          "rows[0]: field 'x' must be ARRAY, a JSON array of 2 elements, got an array of 3");
    }
  }

  @Test
  void aPipelineThatParsesNothingStrictlyGetsObjects() throws Exception {
    try (ServingQuery query =
        requests()
            .parseRequest(Ddl.columns("text STRING"), ParseMode.RAW)
            .makeReply("text")
            .replyTo("model")
            .start()) {
      HttpResponse<String> reply =
          client(query, INFER).post(request(input("a", "FP32", List.of(0.5, 1), 2)));
      assertThat(new JsonObject(reply.body()).getJsonArray("outputs"))
          .isEqualTo(
              JsonArray.of(input("reply", "BYTES", List.of("{\"a\":0.5}", "{\"a\":1.0}"), 2)));
    }
  }
}
