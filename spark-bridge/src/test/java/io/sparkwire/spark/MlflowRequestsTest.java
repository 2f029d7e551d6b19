package io.sparkwire.spark;

import static org.apache.spark.ml.functions.vector_to_array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** MLflow's scoring protocol from socket to pipeline, over real HTTP. */
@ExtendWith({TestSpark.class, NothingLeft.class})
class MlflowRequestsTest {

  private static final String SCHEMA =
      "colour STRING NOT NULL, length DOUBLE NOT NULL, n INT NOT NULL";
  private static final String EXACT = "name STRING, big DECIMAL(38,18) NOT NULL, truth BOOLEAN";
  private static final int MOST_ROWS = 50;

  private final SparkSession spark;
  @TempDir Path directory;

  MlflowRequestsTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingQuery serve(String ddl, UnaryOperator<ServingPipeline> steps) {
    ServingPipeline requests =
        Serving.on(spark)
            .server("127.0.0.1", 0, "scored")
            .option("partitions", 2)
            .option("max-rows", MOST_ROWS)
            .load()
            .parseRequest(ddl);
    return steps.apply(requests).replyTo("scored").start();
  }

  /** Replies with the columns themselves. */
  private ServingQuery echo(String ddl) {
    return serve(
        ddl,
        p ->
            p.transform(rows -> Serving.makeReplyOf(rows, List.of(Ddl.columns(ddl).fieldNames()))));
  }

  private static HttpResponse<String> post(ServingQuery query, String type, String body)
      throws Exception {
    URI url = URI.create(query.url()).resolve("/invocations");
    return new TestClient(url.toString()).post("", type, body);
  }

  private static HttpResponse<String> post(ServingQuery query, String body) throws Exception {
    return post(query, "application/json; charset=utf-8", body);
  }

  private static String predictions(HttpResponse<String> reply) {
    assertThat(reply.statusCode()).describedAs(reply.body()).isEqualTo(200);
    assertThat(reply.headers().firstValue("content-type")).hasValue("application/json");
    return reply.body();
  }

  private static void isRefused(HttpResponse<String> reply, int status, String message) {
    assertThat(reply.statusCode()).isEqualTo(status);
    assertThat(new JsonObject(reply.body()))
        .isEqualTo(new JsonObject().put("error_code", "BAD_REQUEST").put("message", message));
  }

  private Dataset<Row> penguins() {
    return spark
        .range(40)
        .selectExpr(
            "id",
            "IF(id % 3 = 0, 'rouge', 'bleu é') AS colour",
            "id * 0.37D - 3 AS length",
            "CAST(id * 7 % 11 AS INT) AS n",
            "CAST(id * 7 % 5 > 1 AS DOUBLE) AS label");
  }

  /** A model that was saved and loaded. */
  private PipelineModel model() throws Exception {
    PipelineStage[] stages = {
      new StringIndexer().setInputCol("colour").setOutputCol("index"),
      new VectorAssembler()
          .setInputCols(new String[] {"index", "length", "n"})
          .setOutputCol("features"),
      new LogisticRegression().setMaxIter(5)
    };
    String saved = directory.resolve("model").toString();
    new Pipeline().setStages(stages).fit(penguins()).save(saved);
    return PipelineModel.load(saved);
  }

  private static String joined(Dataset<Row> rows, String open, String close) {
    return rows.orderBy("id").selectExpr("text").collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.joining(",", open, close));
  }

  @Test
  void everyFormGetsThePredictionsOfABatch() throws Exception {
    PipelineModel model = model();
    Dataset<Row> rows = penguins().withColumn("json", struct("colour", "length", "n"));
    String objects = joined(rows.selectExpr("id", "to_json(json) AS text"), "[", "]");
    String lists =
        joined(
            rows.selectExpr("id", "concat('[\"', colour, '\",', length, ',', n, ']') AS text"),
            "[",
            "]");
    String expected =
        joined(
            model
                .transform(penguins())
                .withColumn("probability", vector_to_array(col("probability"), "float64"))
                .selectExpr("id", "to_json(struct(prediction, probability)) AS text"),
            "{\"predictions\":[",
            "]}");
    String columns = columns();
    String csv = csv();
    try (ServingQuery query =
        serve(
            SCHEMA,
            p ->
                p.mlTransform(model)
                    .transform(
                        made -> Serving.makeReplyOf(made, List.of("prediction", "probability"))))) {
      String split = "{\"dataframe_split\":{\"columns\":[\"colour\",\"length\",\"n\"],\"data\":";
      assertThat(predictions(post(query, split + lists + "}}"))).isEqualTo(expected);
      assertThat(predictions(post(query, "{\"dataframe_records\":" + objects + "}")))
          .isEqualTo(expected);
      assertThat(predictions(post(query, "{\"instances\":" + objects + "}"))).isEqualTo(expected);
      assertThat(predictions(post(query, "{\"instances\":" + lists + "}"))).isEqualTo(expected);
      assertThat(predictions(post(query, "{\"inputs\":" + lists + ",\"params\":{\"a\":1}}")))
          .isEqualTo(expected);
      assertThat(predictions(post(query, "{\"inputs\":" + columns + "}"))).isEqualTo(expected);
      assertThat(predictions(post(query, "text/csv", csv))).isEqualTo(expected);
    }
  }

  private String columns() {
    return IntStream.range(0, 3)
        .mapToObj(i -> List.of("n", "colour", "length").get(i))
        .map(
            name ->
                joined(
                    penguins()
                        .selectExpr("id", "to_json(array(" + name + ")) AS text")
                        .selectExpr("id", "substring(text, 2, length(text) - 2) AS text"),
                    '"' + name + "\":[",
                    "]"))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private String csv() {
    return joined(penguins().selectExpr("id", "concat_ws(',', n, colour, length) AS text"), "", "")
        .replaceAll("(\\d+,[^,]+,[^,]+),", "$1\n")
        .replaceFirst("^", "n,colour,length\n");
  }

  @Test
  void valuesKeepTheirDigits() throws Exception {
    try (ServingQuery query = echo(EXACT)) {
      String reply =
          "{\"predictions\":[{\"name\":\"é\\\"\",\"big\":12345678901234567890.123456789012345678,"
              + "\"truth\":true},{\"big\":-1E-18}]}";
      String first = "[\"\\u00e9\\\"\", 12345678901234567890.123456789012345678, true]";
      String second = "[null, -1e-18, null]";
      assertThat(predictions(post(query, "{\"instances\": [" + first + "," + second + "]}")))
          .isEqualTo(reply);
      assertThat(
              predictions(
                  post(
                      query,
                      ("{\"dataframe_split\": {\"data\": [%s, %s],"
                              + " \"columns\": [\"name\", \"big\", \"truth\"], \"index\": [3, 4]}}")
                          .formatted(first, second))))
          .isEqualTo(reply);
    }
  }

  @Test
  void theOnlyColumnNeedsNoName() throws Exception {
    try (ServingQuery query = echo("value ARRAY<DOUBLE>")) {
      assertThat(predictions(post(query, "{\"instances\": [[1, 2.5], [], null]}")))
          .isEqualTo("{\"predictions\":[{\"value\":[1.0,2.5]},{\"value\":[]},{}]}");
    }
  }

  @Test
  void badInputNamesRowAndColumn() throws Exception {
    try (ServingQuery query = echo("name STRING, value INT NOT NULL")) {
      String missing = "rows[1]: field 'value' is missing, but the schema declares it NOT NULL";
      String text = "rows[1]: field 'value' must be INT, got a string \"x\"";
      isRefused(post(query, "{\"dataframe_records\":[{\"value\":1},{}]}"), 400, missing);
      isRefused(post(query, "{\"inputs\":{\"value\":[1,\"x\"]}}"), 400, text);
      isRefused(post(query, "{\"inputs\":[[\"a\",1],[\"b\",\"x\"]]}"), 400, text);
      isRefused(
          post(query, "{\"dataframe_split\":{\"columns\":[\"value\"],\"data\":[[1],[\"x\"]]}}"),
          400,
          text);
      isRefused(post(query, "text/csv", "value\n1\nx\n"), 400, text);
      isRefused(
          post(query, "{\"inputs\":[[\"a\",1],[2]]}"),
          400,
          "rows[1]: the body must be an object, or an array of 2 values, as the schema has columns,"
              + " got an array of 1");
      isRefused(
          post(query, "{\"dataframe_split\":{\"columns\":[\"value\",\"value\"],\"data\":[[1,2]]}}"),
          400,
          "rows[0]: field 'value' must be given once, but was given again");
      isRefused(
          post(query, "[]"),
          400,
          "the body must be one JSON object with exactly one of dataframe_split,"
              + " dataframe_records, instances, inputs, got an array");
      isRefused(
          post(query, "{\"instances\":[" + "0,".repeat(MOST_ROWS) + "0]}"),
          413,
          "a request may have 50 rows at most; send fewer at a time");
      assertThat(post(query, "text/plain", "x").statusCode()).isEqualTo(415);
      assertThat(predictions(post(query, "{\"inputs\":[]}"))).isEqualTo("{\"predictions\":[]}");
    }
  }

  @Test
  void rowsThatAreLeftOutAreNotInTheReply() throws Exception {
    try (ServingQuery query =
        serve(
            "value INT",
            p ->
                p.transform(rows -> rows.where(col("value").mod(2).equalTo(0)))
                    .makeReply("value"))) {
      assertThat(predictions(post(query, "{\"inputs\":[1,2,3,4]}")))
          .isEqualTo("{\"predictions\":[{\"value\":2},{\"value\":4}]}");
      assertThat(post(query, "{\"inputs\":[1,3]}").statusCode()).isEqualTo(204);
    }
  }
}
