package io.sparkwire.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.sparkwire.httpclient.JsonOutputParser;
import io.sparkwire.httpclient.SimpleHttpTransformer;
import io.sparkwire.httpclient.TestService;
import io.sparkwire.spark.TestClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.regression.GBTRegressor;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fat jar, run as its users run it: {@code java -jar}, here with a {@link StartArchive}. */
class AppIT {

  private static final double SAME = 1e-12;
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static SparkSession spark;

  @TempDir Path directory;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  private Path save(Dataset<Row> data, PipelineStage... stages) throws IOException {
    Path saved = directory.resolve("model");
    new Pipeline().setStages(stages).fit(data).save(saved.toString());
    return saved;
  }

  /** What the saved model says of rows, all at once, each with the row as JSON. */
  private static List<Row> batch(Path model, Dataset<Row> rows) {
    Column json =
        to_json(
            struct(Arrays.stream(rows.columns()).map(rows::col).toArray(Column[]::new)),
            Map.of("ignoreNullFields", "false"));
    return PipelineModel.load(model.toString())
        .transform(rows.withColumn("json", json))
        .collectAsList();
  }

  /** Serves a saved model on a free port, with more arguments of {@code serve}. */
  private RunningApp serve(String model, String schema, String... more) throws IOException {
    Stream<String> first = Stream.of("serve", "--model", model, "--schema", schema, "--port", "0");
    return RunningApp.start(
        directory, Stream.concat(first, Stream.of(more)).toArray(String[]::new));
  }

  private static void endsWell(RunningApp app) throws Exception {
    app.terminate();
    assertThat(app.exitCode()).isZero();
    assertThat(app.outLines()).last().isEqualTo("Stopped.");
    assertThat(app.errLines()).isEmpty();
  }

  @Test
  void theDemoSaysOfEveryPenguinWhatTheBatchSays() throws Exception {
    try (RunningApp demo = RunningApp.start(directory, "demo", "--port", "0")) {
      demo.url();
      Path model = directory.resolve(".sparkwire/penguins");
      List<Row> expected = batch(model, Penguins.all().dataset(spark).drop(Penguins.KNOWN_SPECIES));
      assertThat(expected).hasSize(344);
      for (Row row : expected) {
        isSamePenguin(demo.ask(row.getAs("json")), row);
      }
      theCommandItShowsWorks(demo);
      assertThat(demo.outLines()).anyMatch(line -> line.matches(" +right for \\d+ of 69 .*"));
      endsWell(demo);
      servedByItsDirectoryItSaysTheSame(expected);
    }
  }

  private void servedByItsDirectoryItSaysTheSame(List<Row> expected) throws Exception {
    try (RunningApp app =
        RunningApp.start(directory, "serve", "--model", ".sparkwire/penguins", "--port", "0")) {
      assertThat(app.url()).endsWith("/penguins");
      for (Row row : expected) {
        isSamePenguin(app.ask(row.getAs("json")), row);
      }
      assertThat(app.outLines())
          .contains(
              "      --schema \"bill_length_mm DOUBLE,bill_depth_mm DOUBLE,flipper_length_mm DOUBLE,"
                  + "body_mass_g DOUBLE,island STRING,sex STRING\"");
      inOneRequestOfMlflowItSaysTheSame(app, expected);
      endsWell(app);
    }
  }

  private static void inOneRequestOfMlflowItSaysTheSame(RunningApp app, List<Row> expected)
      throws Exception {
    String records =
        expected.stream().map(row -> row.<String>getAs("json")).collect(joining(",", "[", "]"));
    URI url = URI.create(app.url()).resolve("/invocations");
    String reply =
        new TestClient(url.toString()).post("{\"dataframe_records\":" + records + "}").body();
    JsonArray predictions = new JsonObject(reply).getJsonArray("predictions");
    assertThat(predictions).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      isSamePenguin(predictions.getJsonObject(i), expected.get(i));
    }
  }

  private static void isSamePenguin(JsonObject reply, Row row) {
    assertThat(reply.getString("species")).isEqualTo(row.getAs("species"));
    JsonObject probability = reply.getJsonObject("probability");
    double[] expected = row.<Vector>getAs("probability").toArray();
    List<String> species = List.of("Adelie", "Chinstrap", "Gentoo");
    assertThat(probability.fieldNames()).containsExactlyElementsOf(species);
    for (int i = 0; i < expected.length; i++) {
      assertThat(probability.getDouble(species.get(i))).isCloseTo(expected[i], within(SAME));
    }
  }

  private static void theCommandItShowsWorks(RunningApp app) throws Exception {
    String command =
        app.outLines().stream().filter(l -> l.startsWith("  curl ")).findFirst().orElseThrow();
    Process curl = new ProcessBuilder("sh", "-c", command + " --silent --show-error").start();
    assertThat(new String(curl.getInputStream().readAllBytes(), UTF_8))
        .startsWith("{\"species\":\"Adelie\",\"probability\":{\"Adelie\":0.9");
  }

  @Test
  void aTextClassifierIsServedByItsDirectory() throws Exception {
    Dataset<Row> mails =
        spark.sql(
            "SELECT concat(if(n % 3 = 0, 'cheap pills ', 'project meeting '), n) AS text,"
                + " CAST(n % 3 = 0 AS DOUBLE) AS label FROM range(60) AS t(n)");
    Path model =
        save(
            mails,
            new Tokenizer().setInputCol("text").setOutputCol("words"),
            new HashingTF().setNumFeatures(256).setInputCol("words").setOutputCol("features"),
            new LogisticRegression().setMaxIter(5));
    try (RunningApp app = RunningApp.start(directory, "serve", "--model", "model", "--port", "0")) {
      assertThat(app.url()).endsWith("/model");
      for (Row row : batch(model, mails.select("text"))) {
        JsonObject reply = app.ask(row.getAs("json"));
        assertThat(reply.getDouble("prediction")).isEqualTo(row.getAs("prediction"));
        assertThat(reply.getJsonArray("probability").getDouble(1))
            .isCloseTo(row.<Vector>getAs("probability").apply(1), within(SAME));
      }
      endsWell(app);
    }
  }

  @Test
  void aRegressorBehindASqlStageIsServed() throws Exception {
    Dataset<Row> rooms =
        spark.sql(
            "SELECT CAST(n % 7 AS DOUBLE) AS width, CAST(n % 5 AS DOUBLE) AS length,"
                + " CAST((n % 7) * (n % 5) AS DOUBLE) AS label FROM range(70) AS t(n)");
    Path model =
        save(
            rooms,
            new SQLTransformer().setStatement("SELECT *, width * length AS area FROM __THIS__"),
            new VectorAssembler()
                .setInputCols(new String[] {"width", "length", "area"})
                .setOutputCol("features"),
            new GBTRegressor().setMaxIter(3).setMaxDepth(3));
    try (RunningApp app =
        serve(
            model.toString(),
            "width DOUBLE NOT NULL, length DOUBLE NOT NULL",
            "--path",
            "/rooms/price",
            "--trigger",
            "continuous")) {
      assertThat(app.url()).endsWith("/rooms/price");
      for (Row row : batch(model, rooms.select("width", "length"))) {
        assertThat(app.ask(row.getAs("json")).getDouble("prediction"))
            .isCloseTo(row.<Double>getAs("prediction"), within(SAME));
      }
      assertThat(app.status("{\"width\":1}").get()).isEqualTo(400);
      endsWell(app);
    }
  }

  @Test
  void aPipelineThatAsksAnotherServiceIsServed() throws Exception {
    try (TestService doubling =
        TestService.bodies(
            (request, body) -> {
              long value = body.toJsonObject().getLong("value");
              request.response().end(new JsonObject().put("twice", 2 * value).toBuffer());
            })) {
      Dataset<Row> numbers = spark.sql("SELECT n AS value FROM range(20) AS t(n)");
      Path model =
          save(
              numbers,
              new SQLTransformer().setStatement("SELECT *, struct(value) AS asked FROM __THIS__"),
              new SimpleHttpTransformer()
                  .setInputCol("asked")
                  .setOutputCol("told")
                  .setUrl(doubling.url("double"))
                  .setOutputParser(new JsonOutputParser().setDataType("twice BIGINT")),
              new SQLTransformer()
                  .setStatement("SELECT *, told.twice + 1 AS prediction FROM __THIS__"));
      try (RunningApp app = serve(model.toString(), "value BIGINT NOT NULL")) {
        for (Row row : batch(model, numbers)) {
          assertThat(app.ask(row.getAs("json")).getLong("prediction"))
              .isEqualTo(row.<Long>getAs("prediction"))
              .isEqualTo(2 * row.<Long>getAs("value") + 1);
        }
        endsWell(app);
      }
    }
  }

  /** A model that multiplies by a factor. */
  private void saveFactor(String version, int factor) throws IOException {
    SQLTransformer times =
        new SQLTransformer()
            .setStatement("SELECT *, value * " + factor + " AS prediction FROM __THIS__");
    Dataset<Row> none = spark.sql("SELECT 1L AS value");
    new Pipeline()
        .setStages(new PipelineStage[] {times})
        .fit(none)
        .save(directory.resolve("models").resolve(version).toString());
  }

  /** Gives the stage of a model another class. */
  private void anotherStage(String version) throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("models").resolve(version))) {
      for (Path file : files.filter(f -> f.toString().contains("0_sql")).toList()) {
        if (file.getFileName().toString().startsWith("part-")) {
          String saved = Files.readString(file);
          Files.writeString(file, saved.replace(SQLTransformer.class.getName(), "com.acme.Stage"));
        }
        if (file.toString().endsWith(".crc")) {
          Files.delete(file);
        }
      }
    }
  }

  @Test
  void aNewVersionOfTheModelTakesOver() throws Exception {
    Files.writeString(directory.resolve("sample.json"), "{\"value\":1}");
    saveFactor("v9", 2);
    try (RunningApp app =
        serve("models", "value BIGINT NOT NULL", "--watch", "--warm-up", "sample.json")) {
      assertThat(app.ask("{\"value\":3}").getInteger("prediction")).isEqualTo(6);
      Files.createDirectories(directory.resolve("models/v10/metadata"));
      await()
          .atMost(TIMEOUT)
          .until(() -> app.errLines().toString().contains("Version v10 does not start"));
      assertThat(app.ask("{\"value\":3}").getInteger("prediction")).isEqualTo(6);

      saveFactor("v11", 4);
      anotherStage("v11");
      await()
          .atMost(TIMEOUT)
          .until(() -> app.errLines().toString().contains("Version v11 does not start"));
      assertThat(app.errLines()).last().asString().contains("(com.acme.Stage, ", "'allow-stage'");
      assertThat(app.ask("{\"value\":3}").getInteger("prediction")).isEqualTo(6);

      saveFactor("v12", 5);
      await().atMost(TIMEOUT).until(() -> app.outLines().contains("Now serving version v12."));
      assertThat(app.ask("{\"value\":3}").getInteger("prediction")).isEqualTo(15);
      app.terminate();
      assertThat(app.exitCode()).isZero();
    }
  }

  @Test
  void sigtermLetsARequestInFlightFinish() throws Exception {
    try (RunningApp app =
        RunningApp.start(
            directory,
            "serve",
            "--sql",
            "SELECT reflect('java.lang.Thread', 'sleep', millis) AS slept FROM requests",
            "--schema",
            "millis BIGINT",
            "--max-in-flight",
            "1",
            "--port",
            "0")) {
      app.url();
      AtomicReference<CompletableFuture<Integer>> slow = new AtomicReference<>();
      await()
          .atMost(TIMEOUT)
          .until(
              () -> {
                slow.set(app.status("{\"millis\":3000}")); // again if the other request was faster
                return app.status("{\"millis\":0}").get() == 503 && !slow.get().isDone();
              });
      endsWell(app);
      assertThat(slow.get().get()).isEqualTo(200);
    }
  }

  @Test
  void aTakenPortIsOneLine() throws Exception {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        RunningApp app =
            RunningApp.start(directory, "demo", "--port", "" + holder.getLocalPort())) {
      assertThat(app.exitCode()).isEqualTo(1);
      assertThat(app.outLines()).isEmpty();
      assertThat(app.errLines())
          .singleElement()
          .asString()
          .startsWith("sparkwire: cannot listen on 127.0.0.1:" + holder.getLocalPort());
    }
  }

  @Test
  void aMasterThatDoesNotExistIsOneLine() throws Exception {
    try (RunningApp app =
        RunningApp.start(
            directory,
            "serve",
            "--sql",
            "SELECT a FROM requests",
            "--schema",
            "a INT",
            "--port",
            "0",
            "--master",
            "locl")) {
      assertThat(app.exitCode()).isEqualTo(2);
      assertThat(app.errLines())
          .containsExactly(
              "sparkwire: option 'master' must be local[N], local[N,TRIES], spark://HOST:PORT,"
                  + " k8s://ADDRESS or yarn, got 'locl'; see 'sparkwire serve --help'");
    }
  }

  @Test
  void itsVersionNamesWhatItIsBuiltOn() throws Exception {
    try (RunningApp app = RunningApp.start(directory, "--version")) {
      assertThat(app.exitCode()).isZero();
      assertThat(String.join("\n", app.outLines()))
          .matches("sparkwire \\S+\nSpark 4\\.\\S+, Vert\\.x 5\\.\\S+");
    }
  }

  @Test
  void theCompletionScriptIsGenerated() throws Exception {
    try (RunningApp app = RunningApp.start(directory, "generate-completion")) {
      assertThat(app.exitCode()).isZero();
      assertThat(app.outLines()).anyMatch(line -> line.contains("--max-in-flight"));
    }
  }
}
