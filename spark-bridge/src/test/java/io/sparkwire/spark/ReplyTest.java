package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client gets for what a pipeline computes. */
@ExtendWith(TestSpark.class)
class ReplyTest {

  private static final String BODY = "{\"a\":1,\"b\":\"x\"}";

  private final SparkSession spark;

  ReplyTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingPipeline requests() {
    return requests("/reply");
  }

  private ServingPipeline requests(String path) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "reply")
        .option("partitions", 1)
        .option("path", path)
        .load()
        .parseRequest("a INT, b STRING");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "struct(a, b)                     | application/json          | {\"a\":1,\"b\":\"x\"}",
        "map(b, a)                        | application/json          | {\"x\":1}",
        "array(a, a + 1)                  | application/json          | [1,2]",
        "array(struct(a))                 | application/json          | [{\"a\":1}]",
        "b                                | text/plain; charset=utf-8 | x",
        "concat(b, 'é')                   | text/plain; charset=utf-8 | xé",
        "cast('bytes' AS BINARY)          | application/octet-stream  | bytes",
        "a                                | application/json          | {\"out\":1}",
        "a > 0                            | application/json          | {\"out\":true}",
        "cast(a AS DOUBLE) / 3            | application/json          | {\"out\":0.3333333333333333}",
        "cast(1.50 AS DECIMAL(5,2))       | application/json          | {\"out\":1.50}",
        "DATE '2024-02-29'                | application/json          | {\"out\":\"2024-02-29\"}",
        "TIMESTAMP '2024-02-29 01:02:03'  | application/json          | {\"out\":\"2024-02-29T01:02:03.000Z\"}",
        "array(TIMESTAMP '2024-02-29 01:02:03.123456') | application/json | [\"2024-02-29T01:02:03.123456Z\"]",
        "struct(-0D * a AS zero)      | application/json | {\"zero\":-0.0}"
      })
  void theTypeOfTheColumnDecidesTheBody(String expression, String contentType, String body)
      throws Exception {
    try (ServingQuery query =
        requests()
            .transform(rows -> rows.withColumn("out", expr(expression)))
            .makeReply("out")
            .replyTo("reply")
            .start()) {
      HttpResponse<String> reply = new TestClient(query).post(BODY);
      assertThat(reply.statusCode()).isEqualTo(200);
      assertThat(reply.headers().firstValue("content-type")).contains(contentType);
      assertThat(reply.body()).isEqualTo(body);
    }
  }

  @Test
  void nullIsAnEmpty204() throws Exception {
    for (Column none : List.of(lit(null).cast("INT"), lit(null).cast("STRING"))) {
      try (ServingQuery query =
          requests()
              .transform(rows -> rows.withColumn("out", none))
              .makeReply("out")
              .replyTo("reply")
              .start()) {
        HttpResponse<String> reply = new TestClient(query).post(BODY);
        assertThat(reply.statusCode()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
      }
    }
  }

  @Test
  void vectorsAreArrays() throws Exception {
    VectorAssembler assembler =
        new VectorAssembler().setInputCols(new String[] {"a", "twice"}).setOutputCol("features");
    try (ServingQuery query =
        requests()
            .transform(rows -> rows.withColumn("twice", col("a").multiply(2)))
            .mlTransform(assembler)
            .makeReply("features")
            .replyTo("reply")
            .start()) {
      assertThat(new TestClient(query).post(BODY).body()).isEqualTo("[1.0,2.0]");
    }
  }

  @Test
  void statusAndHeadersAreSetPerRow() throws Exception {
    try (ServingQuery query =
        requests()
            .transform(
                rows ->
                    rows.withColumn("code", expr("if(a = 1, 201, null)"))
                        .withColumn(
                            "fields",
                            expr(
                                "array(named_struct('name', 'X-B', 'value', b),"
                                    + " named_struct('name', 'Content-Type', 'value',"
                                    + " 'text/csv'))")))
            .makeReply("b", "code", "fields")
            .replyTo("reply")
            .start()) {
      TestClient client = new TestClient(query);
      HttpResponse<String> created = client.post(BODY);
      assertThat(created.statusCode()).isEqualTo(201);
      assertThat(created.headers().firstValue("x-b")).contains("x");
      assertThat(created.headers().allValues("content-type")).containsExactly("text/csv");
      assertThat(client.post("{\"a\":2,\"b\":\"y\"}").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aStatusThatHttpDoesNotKnowIs500AndTheQueryGoesOn() throws Exception {
    try (ServingQuery query =
        requests()
            .transform(
                rows ->
                    rows.withColumn("code", expr("if(a = 1, 42, 202)"))
                        .withColumn(
                            "fields",
                            expr("array(named_struct('name', cast(null AS STRING), 'value', b))")))
            .makeReply("b", "code", "fields")
            .replyTo("reply")
            .start()) {
      TestClient client = new TestClient(query);
      HttpResponse<String> wrong = client.post(BODY);
      assertThat(wrong.statusCode()).isEqualTo(500);
      assertThat(wrong.body()).contains("the pipeline gave status 42");
      assertThat(client.post("{\"a\":2,\"b\":\"y\"}").statusCode()).isEqualTo(202);
    }
  }

  @Test
  void someRowsAreAnsweredFromWithin() throws Exception {
    try (ServingQuery query =
        requests()
            .replyWhen("reply", col("a").lt(0), lit("too small"))
            .makeReply("a")
            .replyTo("reply")
            .start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"a\":-1}").body()).isEqualTo("too small");
      assertThat(client.post("{\"a\":1}").body()).isEqualTo("{\"a\":1}");
      assertThat(client.post("{}").statusCode()).isEqualTo(204);
      assertThat(query.counts().orElseThrow().lateAnswers()).isZero();
    }
  }

  @Test
  void aBodyWithANameTwiceIsRefusedAtTheStart(@TempDir Path checkpoint) {
    ServingPipeline twice =
        requests().transform(rows -> rows.withColumn("out", expr("struct(a, b, a)")));

    assertThatThrownBy(() -> twice.makeReply("out").replyTo("reply"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'reply' has two fields named 'a'");
    assertThatThrownBy(() -> twice.replyWhen("reply", col("a").lt(0), col("out")))
        .hasMessageContaining("'out' has two fields named 'a'");
    assertThatThrownBy(
            () ->
                requests()
                    .sql("SELECT *, a FROM requests")
                    .transform(rows -> Serving.makeReplyOf(rows, List.of("a", "b", "a")))
                    .replyTo("reply"))
        .hasMessageStartingWith("'reply' has two fields named 'a'");
    assertThatThrownBy(
            () ->
                twice
                    .dataset()
                    .select(col("id"), col("out").as("reply"))
                    .writeStream()
                    .format("sparkwire")
                    .option("checkpointLocation", checkpoint.toString())
                    .start()
                    .awaitTermination())
        .hasMessageContaining("'reply' has two fields named 'a'");
  }

  @ParameterizedTest
  @CsvSource({"204, ''", "404, urn:sparkwire:problem:row-dropped", "422, row-dropped"})
  void aRowThatAQueryByFormatNameLeavesOutGetsTheStatusOfNoRow(
      int status, String problem, @TempDir Path checkpoint) throws Exception {
    StreamingQuery query =
        spark
            .readStream()
            .format("sparkwire")
            .option("service", "leaky-" + status)
            .option("port", 0)
            .option("partitions", 1)
            .option("no-row", status)
            .load()
            .selectExpr("id", "parse_request(request, 'a INT') AS body")
            .where("body.a > 1")
            .selectExpr("id", "body.a AS reply")
            .writeStream()
            .format("sparkwire")
            .option("checkpointLocation", checkpoint.toString())
            .start();
    try {
      TestClient client = new TestClient(Serving.service(query).url());
      HttpResponse<String> leftOut = client.post("{\"a\":1}");

      assertThat(leftOut.statusCode()).isEqualTo(status);
      assertThat(leftOut.body()).contains(problem);
      assertThat(leftOut.body().isEmpty()).isEqualTo(problem.isEmpty());
      assertThat(client.post("{\"a\":2}").body()).isEqualTo("{\"reply\":2}");
    } finally {
      query.stop();
    }
  }

  @Test
  void theRequestItselfCanBeRead() throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "reply")
            .option("partitions", 1)
            .option("path", "/models/:name/score")
            .load()
            .transform(
                rows ->
                    rows.withColumn("body", ServingFunctions.requestBody())
                        .withColumn("q", ServingFunctions.queryParam("q"))
                        .withColumn("missing", ServingFunctions.queryParam("none"))
                        .withColumn("name", ServingFunctions.pathParam("name"))
                        .withColumn("agent", ServingFunctions.header("X-AGENT"))
                        .withColumn("noHeader", ServingFunctions.header("x-none"))
                        .withColumn("method", col("request.requestLine.method"))
                        .withColumn(
                            "fresh",
                            expr(
                                "abs(unix_seconds(request.receivedAt) - unix_seconds(now())) < 3600"))
                        .withColumn(
                            "out",
                            expr(
                                "concat_ws('|', body, q, missing, name, agent, noHeader, method,"
                                    + " fresh)")))
            .makeReply("out")
            .replyTo("reply")
            .start()) {
      String url = "http://127.0.0.1:" + query.port() + "/models/";
      HttpResponse<String> reply =
          new TestClient(url)
              .post("pen%20guin/score?q=a%26b&q=2", "text/plain", "hi", "x-agent", "007");
      assertThat(reply.body()).isEqualTo("hi|a&b|pen guin|007|POST|true");
    }
  }

  @Test
  void aFieldNamedIdIsTheUsersOwn() throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "reply")
            .option("partitions", 1)
            .load()
            .parseRequest("id BIGINT, request STRING, Reply INT")
            .makeReply("id")
            .replyTo("reply")
            .start()) {
      assertThat(new TestClient(query).post("{\"id\":7}").body()).isEqualTo("{\"id\":7}");
    }
  }

  @Test
  void severalColumnsMakeOneObject() throws Exception {
    try (ServingQuery query =
        requests()
            .transform(rows -> Serving.makeReplyOf(rows, List.of("b", "a")))
            .replyTo("reply")
            .start()) {
      assertThat(new TestClient(query).post(BODY).body()).isEqualTo("{\"b\":\"x\",\"a\":1}");
    }
  }

  @Test
  void twoServicesShareAPort() throws Exception {
    try (ServingQuery one = requests("/one").makeReply("a").replyTo("reply").start();
        ServingQuery two =
            Serving.on(spark)
                .server("127.0.0.1", 0, "second")
                .option("partitions", 1)
                .load()
                .parseRequest(StructType.fromDDL("a INT"), ParseMode.PERMISSIVE)
                .makeReply("a")
                .replyTo("second")
                .start()) {
      assertThat(one.port()).isEqualTo(two.port());
      assertThat(new TestClient(one).post(BODY).body()).isEqualTo("{\"a\":1}");
      assertThat(new TestClient(two).post("{\"a\":\"no\"}").statusCode()).isEqualTo(204);
    }
  }
}
