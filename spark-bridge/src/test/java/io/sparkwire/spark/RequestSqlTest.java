package io.sparkwire.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.row.RowSchema;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestSpark.class)
class RequestSqlTest {

  private static final StructType SCHEMA =
      new StructType()
          .add("id", RowSchema.ID_TYPE, false)
          .add("n", "int")
          .add("word", "string")
          .add("words", "array<string>")
          .add("scores", SQLDataTypes.VectorType());

  private final SparkSession spark;
  private Dataset<Row> rows;

  RequestSqlTest(SparkSession spark) {
    this.spark = spark;
  }

  @BeforeEach
  void threeRequests() {
    rows = spark.createDataFrame(List.of(row(1, "one"), row(2, "two"), row(3, "three")), SCHEMA);
    spark.sql("SELECT 2 AS n, 'zwei' AS german").createOrReplaceTempView("dictionary");
  }

  private static Row row(int n, String word) {
    return RowFactory.create(id(n), n, word, List.of(word, "x"), Vectors.dense(n, 0.5));
  }

  private static Row id(int n) {
    return RowFactory.create("service", "node-" + n, 0);
  }

  /** The rows as text, without their ids, which must be those of the right requests. */
  private List<String> results(String query) {
    return Serving.sql(rows, query).collectAsList().stream().map(Row::toString).toList();
  }

  @Test
  void aStarGivesTheRequestsOwnColumnsWithVectorsAsArrays() {
    Dataset<Row> result = Serving.sql(rows, "SELECT * FROM requests");
    assertThat(result.columns()).containsExactly("n", "word", "words", "scores", "id");
    assertThat(result.schema().apply("scores").dataType().simpleString())
        .isEqualTo("array<double>");
    assertThat(result.select("n", "id.requestId").collectAsList())
        .containsExactly(
            RowFactory.create(1, "node-1"),
            RowFactory.create(2, "node-2"),
            RowFactory.create(3, "node-3"));
  }

  @Test
  void expressionsKeepTheirNamesAndOrder() {
    assertThat(Serving.sql(rows, "SELECT upper(word) AS w, n * 1.5 FROM requests").columns())
        .containsExactly("w", "(n * 1.5)", "id");
    assertThat(results("SELECT upper(word), scores[1] FROM requests"))
        .contains("[ONE,0.5,[service,node-1,0]]");
  }

  @Test
  void whereLeavesTheOthers() {
    assertThat(results("SELECT word FROM requests WHERE n > 1"))
        .containsExactly("[two,[service,node-2,0]]", "[three,[service,node-3,0]]");
  }

  @Test
  void aSubqueryInFromCarriesTheId() {
    assertThat(results("SELECT m + 1 AS k FROM (SELECT n * 2 AS m FROM requests) AS t WHERE m < 3"))
        .containsExactly("[3,[service,node-1,0]]");
  }

  @Test
  void aCommonTableExpressionCarriesTheId() {
    assertThat(
            results(
                "WITH doubled AS (SELECT n * 2 AS m FROM requests), "
                    + "big AS (SELECT m FROM doubled WHERE m > 4) SELECT m FROM big"))
        .containsExactly("[6,[service,node-3,0]]");
  }

  @Test
  void aStaticTableMayBeJoined() {
    assertThat(
            results("SELECT word, german FROM requests LEFT JOIN dictionary USING (n) WHERE n < 3"))
        .containsExactlyInAnyOrder(
            "[one,null,[service,node-1,0]]", "[two,zwei,[service,node-2,0]]");
    assertThat(
            results(
                "SELECT word, total FROM requests JOIN "
                    + "(SELECT n, count(*) AS total FROM dictionary GROUP BY n) USING (n)"))
        .containsExactly("[two,1,[service,node-2,0]]");
  }

  @Test
  void subqueriesOverOtherTablesMayDecide() {
    assertThat(results("SELECT word FROM requests WHERE n IN (SELECT n FROM dictionary)"))
        .containsExactly("[two,[service,node-2,0]]");
    assertThat(results("SELECT n, (SELECT max(german) FROM dictionary) FROM requests WHERE n = 1"))
        .containsExactly("[1,zwei,[service,node-1,0]]");
  }

  @Test
  void aLateralViewGivesSeveralRowsForOneRequest() {
    assertThat(results("SELECT w FROM requests LATERAL VIEW explode(words) t AS w WHERE n = 1"))
        .containsExactly("[one,[service,node-1,0]]", "[x,[service,node-1,0]]");
  }

  @Test
  void lateralColumnAliasesWork() {
    assertThat(results("SELECT n * 2 AS m, m + 1 AS k FROM requests WHERE n = 1"))
        .containsExactly("[2,3,[service,node-1,0]]");
  }

  @Test
  void aColumnOfTheUsersCalledIdWins() {
    Dataset<Row> own = rows.withColumnRenamed("id", "_id").withColumnRenamed("n", "id");
    Dataset<Row> result = Serving.sql(own, "SELECT id, word FROM requests WHERE id = 2");
    assertThat(result.columns()).containsExactly("id", "word", "_id");
    assertThat(result.collectAsList().toString()).isEqualTo("[[2,two,[service,node-2,0]]]");
  }

  @Test
  void theIdCannotBeAskedFor() {
    assertThatThrownBy(() -> Serving.sql(rows, "SELECT id FROM requests"))
        .hasMessageContaining("`id` cannot be resolved");
  }

  @Test
  void theCallersOwnViewOfThatNameStays() {
    spark.sql("SELECT 'mine' AS owner").createOrReplaceTempView("requests");
    Serving.sql(rows, "SELECT * FROM requests");
    assertThat(spark.table("requests").columns()).containsExactly("owner");
    spark.catalog().dropTempView("requests");
  }

  @Test
  void whatMakesOneRowOfManyIsRefused() {
    for (String query :
        Arrays.asList(
            "SELECT word, count(*) FROM requests GROUP BY word",
            "SELECT max(n) FROM requests",
            "SELECT DISTINCT word FROM requests",
            "SELECT word FROM requests ORDER BY word",
            "SELECT word FROM requests LIMIT 1",
            "SELECT rank() OVER (ORDER BY n) FROM requests",
            "SELECT n FROM requests UNION ALL SELECT n FROM dictionary")) {
      assertThatThrownBy(() -> Serving.sql(rows, query))
          .as(query)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("the SQL must give one row per request");
    }
  }

  @Test
  void rowsWithoutARequestAreRefused() {
    for (String join : List.of("RIGHT", "FULL")) {
      String query = "SELECT german FROM requests " + join + " JOIN dictionary USING (n)";
      assertThatThrownBy(() -> Serving.sql(rows, query))
          .as(query)
          .hasMessageEndingWith("an outer join may not add rows without a request");
    }
    assertThatThrownBy(
            () ->
                Serving.sql(
                    rows, "SELECT german FROM dictionary WHERE n IN (SELECT n FROM requests)"))
        .hasMessageContaining("the SQL must give one row per request");
  }

  @Test
  void theRequestsAreReadExactlyOnce() {
    assertThatThrownBy(() -> Serving.sql(rows, "SELECT * FROM dictionary"))
        .hasMessage("the SQL must read the view 'requests' once, but it does 0 times");
    assertThatThrownBy(
            () -> Serving.sql(rows, "SELECT n FROM requests UNION ALL SELECT n FROM requests"))
        .hasMessage("the SQL must read the view 'requests' once, but it does 2 times");
    assertThatThrownBy(
            () ->
                Serving.sql(
                    rows,
                    "WITH t AS (SELECT n FROM requests) SELECT a.n FROM t a JOIN t b ON a.n = b.n"))
        .hasMessage("the SQL must read the view 'requests' once, but it does 2 times");
  }

  @Test
  void onlyAQueryIsTaken() {
    assertThatThrownBy(() -> Serving.sql(rows, "DROP TABLE requests"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the SQL cannot be read: ");
  }

  @Test
  void aQueryMayRaiseAnError() {
    String query = "SELECT if(n = 2, raise_error('no two'), n) AS m FROM requests WHERE n < ";
    assertThat(results(query + 2)).containsExactly("[1,[service,node-1,0]]");
    assertThatThrownBy(() -> results(query + 3)).hasMessageContaining("no two");
  }

  @Test
  void aServiceAnswersWithWhatTheQueryComputes() throws Exception {
    try (ServingQuery query =
        Serving.on(spark)
            .server("127.0.0.1", 0, "sql")
            .option("partitions", 1)
            .load()
            .parseRequest("id BIGINT, request STRING")
            .sql("SELECT id + 1 AS next, request AS asked FROM requests WHERE id > 0")
            .transform(result -> Serving.makeReplyOf(result, List.of("next", "asked")))
            .replyTo("sql")
            .start()) {
      assertThat(new TestClient(query).post("{\"id\":41,\"request\":\"please\"}").body())
          .isEqualTo("{\"next\":42,\"asked\":\"please\"}");
    }
  }
}
