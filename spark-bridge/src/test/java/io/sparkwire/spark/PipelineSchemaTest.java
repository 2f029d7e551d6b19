package io.sparkwire.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.ServiceSchema;
import io.sparkwire.spark.catalyst.ArraySizes;
import io.sparkwire.spark.catalyst.Ddl;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
class PipelineSchemaTest {

  private final SparkSession spark;

  PipelineSchemaTest(SparkSession spark) {
    this.spark = spark;
  }

  private ServingPipeline requests() {
    return Serving.on(spark).server("127.0.0.1", 0, "schema").load();
  }

  private static ServiceSchema of(ServingPipeline replies) {
    return PipelineSchema.of(replies.dataset());
  }

  @Test
  void theSchemaOfTheBodyIsThatOfItsParserWithWhatThePlanDoesNotKnow() {
    String ddl =
        "v VECTOR(3) NOT NULL,c CHAR(2),s STRUCT<a: INT, w: VECTOR>,i ARRAY<INT>(2048) NOT NULL";

    assertThat(of(requests().parseRequest(ddl).makeReply("c")).body()).isEqualTo(ddl);
  }

  @Test
  void permissiveParsingShowsItToo() {
    ServingPipeline parsed =
        requests().parseRequest(Ddl.columns("a INT,b STRING"), ParseMode.PERMISSIVE);

    assertThat(of(parsed.makeReply("b")))
        .isEqualTo(new ServiceSchema("a INT,b STRING", "STRING").lenient());
  }

  @Test
  void aBodyThatIsNotParsedAsJsonHasNone() {
    ServingPipeline raw = requests().parseRequest(Ddl.columns("text STRING"), ParseMode.RAW);

    assertThat(of(raw.makeReply("text"))).isEqualTo(new ServiceSchema("", "STRING"));
    assertThat(of(requests().makeReply("id")).body()).isEmpty();
  }

  @Test
  void bodiesOfSeveralSchemasHaveNone() {
    ServingPipeline requests = requests();
    ServingPipeline both =
        requests
            .parseRequest("a INT")
            .makeReply("a")
            .transform(
                rows ->
                    rows.unionAll(requests.parseRequest("a INT,b INT").makeReply("a").dataset()));

    assertThat(ParsedBody.noteIn(both.dataset().queryExecution().analyzed())).isEmpty();
  }

  @Test
  void aQueryInSqlHidesItFromNobody() {
    ServingPipeline queried =
        requests()
            .parseRequest("a INT")
            .sql("WITH x AS (SELECT a + 1 AS b FROM requests) SELECT * FROM x");

    assertThat(of(queried.makeReply("b"))).isEqualTo(new ServiceSchema("a INT", "b INT"));
  }

  private ServiceSchema replying(Column value) {
    return of(
        requests()
            .parseRequest("a BIGINT")
            .transform(rows -> rows.withColumn("out", value))
            .makeReply("out"));
  }

  @Test
  void theSchemaOfTheReplyIsThatOfItsJsonOrItsType() {
    assertThat(replying(col("a")).reply()).isEqualTo("out BIGINT");
    assertThat(replying(struct(col("a"), lit("x").as("b"))).reply())
        .isEqualTo("a BIGINT,b STRING NOT NULL");
    assertThat(replying(array(col("a"))).reply()).isEqualTo("ARRAY<BIGINT>");
    assertThat(replying(lit("x")).reply()).isEqualTo("STRING");
    assertThat(replying(lit(new byte[] {1})).reply()).isEqualTo("BINARY");
  }

  @Test
  void theReplyHasTheSizesOfArraysThatItsColumnsHave() {
    ServingPipeline parsed =
        requests().parseRequest("a ARRAY<FLOAT>(30),s STRUCT<b: ARRAY<INT>(2)>");
    ServingPipeline both = parsed.transform(rows -> rows.withColumn("c", array(lit(1))));

    assertThat(of(parsed.makeReply("a")).reply()).isEqualTo("ARRAY<FLOAT>(30)");
    assertThat(of(both.transform(rows -> Serving.makeReplyOf(rows, List.of("a", "c")))).reply())
        .isEqualTo("a ARRAY<FLOAT>(30),c ARRAY<INT> NOT NULL");
    assertThat(
            of(parsed
                    .sql("SELECT struct(a AS x, s.b, reverse(a) AS r) AS reply FROM requests")
                    .makeReply("reply"))
                .reply())
        .isEqualTo("x ARRAY<FLOAT>(30),b ARRAY<INT>(2),r ARRAY<FLOAT>");
  }

  @Test
  void aColumnKeepsTheSizeThatAStageGivesIt() {
    StructField sized = ArraySizes.sized(StructType.fromDDL("y ARRAY<FLOAT>").apply(0), 10);
    ServingPipeline replies =
        requests()
            .parseRequest("a INT")
            .transform(
                rows -> rows.withColumn("y", array(lit(1f))).withMetadata("y", sized.metadata()));

    assertThat(of(replies.makeReply("y")).reply()).isEqualTo("ARRAY<FLOAT>(10)");
    assertThat(of(replies.transform(rows -> Serving.makeReplyOf(rows, List.of("a", "y")))).reply())
        .isEqualTo("a INT,y ARRAY<FLOAT>(10) NOT NULL");
  }

  private static JsonObject shown(ServingQuery query) {
    return new JsonObject(query.clusterStatus())
        .getJsonArray("nodes")
        .getJsonObject(0)
        .getJsonArray("services")
        .getJsonObject(0)
        .getJsonObject("schema");
  }

  @Test
  void theStatusShowsThatOfTheVersionThatGetsTheRequests() throws Exception {
    try (ServingQuery query =
        requests().parseRequest("a BIGINT").makeReply("a").replyTo("schema").start()) {
      assertThat(shown(query)).isEqualTo(JsonObject.of("body", "a BIGINT", "reply", "a BIGINT"));

      query.replace(requests().parseRequest("b STRING").makeReply("b").replyTo("schema"));
      assertThat(shown(query))
          .isEqualTo(JsonObject.of("body", "b STRING", "reply", "STRING", "version", 2));
      assertThat(new TestClient(query).post("{\"b\":\"now\"}").body()).isEqualTo("now");
    }
  }
}
