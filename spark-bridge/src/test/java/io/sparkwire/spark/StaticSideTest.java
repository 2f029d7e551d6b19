package io.sparkwire.spark;

import static java.time.Duration.ofSeconds;
import static org.apache.spark.sql.functions.broadcast;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sparkwire.node.ServingNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Services whose requests are joined with a table of files that changes while they run. */
@ExtendWith(TestSpark.class)
@Timeout(180)
class StaticSideTest {

  private final SparkSession spark;
  @TempDir Path directory;

  StaticSideTest(SparkSession spark) {
    this.spark = spark;
  }

  /** Puts one file in place of all that are there, as an export does every night. */
  private void replace(String format, String content) throws IOException {
    Path table = Files.createDirectories(directory.resolve("table"));
    Path fresh = directory.resolve("fresh");
    spark
        .createDataset(List.of(content), Encoders.STRING())
        .selectExpr("1L AS value", "value AS name")
        .selectExpr(format.equals("text") ? "concat_ws(',', value, name) AS line" : "*")
        .coalesce(1)
        .write()
        .format(format)
        .mode("overwrite")
        .save(fresh.toString());
    try (Stream<Path> old = Files.list(table)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> parts = Files.list(fresh)) {
      for (Path part : parts.filter(StaticSideTest::isData).toList()) {
        Files.copy(part, table.resolve(part.getFileName()));
      }
    }
  }

  private static boolean isData(Path file) {
    return file.getFileName().toString().startsWith("part-");
  }

  private Dataset<Row> table(String format) {
    String path = directory.resolve("table").toString();
    return format.equals("text")
        ? spark.read().text(path).selectExpr("1L AS value", "split(value, ',')[1] AS name")
        : spark.read().format(format).schema("value BIGINT, name STRING").load(path);
  }

  private ServingWriter joined(Dataset<Row> table, Trigger trigger) {
    return Serving.on(spark)
        .server("127.0.0.1", 0, "static")
        .option("partitions", 1)
        .option("epoch-length", "500ms")
        .load()
        .parseRequest("value BIGINT NOT NULL")
        .transform(
            rows ->
                rows.join(table, rows.col("value").equalTo(table.col("value")), "left")
                    .drop(table.col("value")))
        .makeReply("name")
        .replyTo("static")
        .trigger(trigger);
  }

  static Stream<Arguments> sides() {
    return Stream.of(
        Arguments.of("csv", Trigger.ProcessingTime(0)),
        Arguments.of("parquet", Trigger.ProcessingTime(0)),
        Arguments.of("json", Trigger.ProcessingTime(0)),
        Arguments.of("text", Trigger.ProcessingTime(0)),
        Arguments.of("orc", Trigger.RealTime(5_000)));
  }

  @ParameterizedTest
  @MethodSource("sides")
  void aFileThatIsReplacedIsReadFromTheNextEpochOn(String format, Trigger trigger)
      throws Exception {
    replace(format, "before");
    try (ServingQuery query = joined(broadcast(table(format)), trigger).start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("before");
      replace(format, "after");
      await()
          .atMost(ofSeconds(60))
          .until(() -> client.post("{\"value\":1}").body().equals("after"));
      assertThat(query.counts().orElseThrow().expired()).isZero();
      assertThat(query.isActive()).isTrue();
    }
  }

  static Stream<Arguments> groupedTables() {
    String joined =
        "SELECT value FROM requests JOIN"
            + " (SELECT id % 2 AS part, count(*) AS ids FROM range(10) GROUP BY id % 2)"
            + " ON part = abs(value) % 2 WHERE value > 0";
    String compared = "SELECT value FROM requests WHERE value > (SELECT min(id) FROM range(3))";
    return Stream.of(joined, compared)
        .flatMap(
            sql ->
                Stream.of(
                    Arguments.of(sql, Trigger.ProcessingTime(0)),
                    Arguments.of(sql, Trigger.RealTime(600_000))));
  }

  @ParameterizedTest
  @MethodSource("groupedTables")
  void rowsThatAreLeftOutBesideAGroupedTableAreAnsweredAtOnce(String sql, Trigger trigger)
      throws Exception {
    ServingPipeline pipeline =
        Serving.on(spark)
            .server("127.0.0.1", 0, "grouped")
            .option("partitions", 1)
            .option("timeout", "10m")
            .load()
            .parseRequest("value BIGINT NOT NULL")
            .sql(sql)
            .makeReply("value");
    try (ServingQuery query = pipeline.replyTo("grouped").trigger(trigger).start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":-1}").statusCode()).isEqualTo(204);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("{\"value\":1}");
      assertThat(client.post("{\"value\":-2}").statusCode()).isEqualTo(204);
    }
  }

  @Test
  void aFileThatIsAddedIsReadAcrossAShuffleToo() throws Exception {
    replace("csv", "before");
    try (ServingQuery query =
        joined(table("csv").hint("merge"), Trigger.ProcessingTime(0)).start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("before");
      assertThat(client.post("{\"value\":2}").statusCode()).isEqualTo(204);
      Files.writeString(directory.resolve("table/part-more.csv"), "2,more\n");
      await().atMost(ofSeconds(60)).until(() -> client.post("{\"value\":2}").body().equals("more"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"broadcast", "merge"})
  void aMissingDirectoryIsReportedAndReadOnceItIsBack(String join) throws Exception {
    replace("csv", "before");
    Dataset<Row> table =
        join.equals("merge") ? table("csv").hint("merge") : broadcast(table("csv"));
    try (ServingQuery query = joined(table, Trigger.ProcessingTime(0)).start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("before");
      assertThat(query.exception()).isEmpty();
      Path away = directory.resolve("away");
      Files.move(directory.resolve("table"), away);
      CompletableFuture<HttpResponse<String>> waiting =
          CompletableFuture.supplyAsync(() -> post(client));
      await().atMost(ofSeconds(60)).until(() -> isReady(), ready -> !ready);
      assertThat(query.exception().orElseThrow()).hasMessageContaining("table");
      assertThat(query.isActive()).isTrue();
      Files.move(away, directory.resolve("table"));
      await().atMost(ofSeconds(60)).until(StaticSideTest::isReady);
      assertThat(query.exception()).isEmpty();
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("before");
      assertThat(waiting.get().statusCode()).isIn(200, 504);
    }
  }

  private static HttpResponse<String> post(TestClient client) {
    try {
      return client.post("{\"value\":1}");
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isReady() {
    return ServingNode.current().isReady();
  }

  @Test
  void aTableOfTheCatalogIsReadAgain() throws Exception {
    replace("csv", "before");
    spark.sql(
        "CREATE TABLE names (value BIGINT, name STRING) USING csv LOCATION '"
            + directory.resolve("table").toUri()
            + "'");
    try (ServingQuery query = joined(spark.table("names"), Trigger.ProcessingTime(0)).start()) {
      TestClient client = new TestClient(query);
      assertThat(client.post("{\"value\":1}").body()).isEqualTo("before");
      replace("csv", "after");
      await()
          .atMost(ofSeconds(60))
          .until(() -> client.post("{\"value\":1}").body().equals("after"));
    } finally {
      spark.sql("DROP TABLE names");
    }
  }
}
