package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the command fails: with an exit code and one line. AppIT shows that it works. */
class ServeCommandTest {

  private static final int FAILED = 1;
  private static final int USAGE = 2;
  private static final String QUERY = "SELECT value FROM requests";

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int serve(String... args) {
    List<String> all = new ArrayList<>(List.of("serve"));
    all.addAll(List.of(args));
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
    return new Sparkwire(Map.of(), console, new StopSignals(code -> {}))
        .run(all.toArray(String[]::new));
  }

  /** The same session as in the other tests of this JVM. */
  private static String[] onSpark(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(
        List.of(
            "--port",
            "0",
            "--master",
            TestSpark.MASTER,
            "--spark",
            "spark.sql.shuffle.partitions=2",
            "--spark",
            "spark.sql.session.timeZone=UTC"));
    return all.toArray(String[]::new);
  }

  private void saysOnly(String line) {
    assertThat(err.toString().lines()).containsExactly("sparkwire: " + line);
  }

  private String tokenizer() throws IOException {
    SparkSession spark = TestSpark.session();
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {new Tokenizer().setInputCol("text").setOutputCol("words")})
            .fit(spark.sql("SELECT 'some text' AS text"));
    String saved = directory.resolve("words").toString();
    model.write().overwrite().save(saved);
    return saved;
  }

  @Test
  void aModelThatIsNotThere() {
    assertThat(serve("--model", "no/such/model", "--schema", "a INT")).isEqualTo(FAILED);
    saysOnly("there is no directory 'no/such/model' to load a model from; check --model");
  }

  @Test
  void aDirectoryThatIsNoModel() {
    assertThat(serve("--model", directory.toString(), "--schema", "a INT")).isEqualTo(FAILED);
    saysOnly(
        "the directory '"
            + directory
            + "' holds no saved SparkML model: it has no 'metadata' inside; check --model");
  }

  @Test
  void aStageThatIsNotAllowed() throws IOException {
    String model = tokenizer();
    assertThat(serve(onSpark("--model", model, "--allow-stage", "com.acme.*"))).isEqualTo(FAILED);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: the model in '" + model + "' (org.apache.spark.ml.PipelineModel, ")
        .contains("is not allowed: option 'allow-stage' has only com.acme.*;");
    assertThat(out.toString()).isEmpty(); // Spark has not started
  }

  @Test
  void aPatternOfStagesThatIsNone() {
    assertThat(serve("--model", "m", "--allow-stage", "com.acme.Scaler,com/acme")).isEqualTo(USAGE);
    assertThat(err.toString())
        .startsWith("sparkwire: option 'allow-stage' must be names of classes with commas between")
        .contains("got 'com/acme'");
  }

  @Test
  void nothingToServe() {
    assertThat(serve("--schema", "a INT")).isEqualTo(USAGE);
    saysOnly("nothing to serve: give --model, --onnx or --sql; see 'sparkwire serve --help'");
  }

  @Test
  void aSchemaThatCannotBeRead() {
    assertThat(serve("--sql", QUERY, "--schema", "value BIG INT")).isEqualTo(USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith(
            "sparkwire: --schema must be columns as in \"value INT NOT NULL, text STRING\","
                + " got 'value BIG INT': [PARSE_SYNTAX_ERROR]");
  }

  @Test
  void aRawBodyNeedsOneColumn() {
    assertThat(serve("--sql", QUERY, "--schema", "value INT", "--parse", "raw")).isEqualTo(USAGE);
    saysOnly(
        "--parse raw needs a --schema of one STRING or BINARY column, got 'value INT';"
            + " see 'sparkwire serve --help'");
  }

  @Test
  void aTriggerThatIsUnknown() {
    assertThat(serve("--sql", QUERY, "--schema", "value INT", "--trigger", "fast"))
        .isEqualTo(USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("'--trigger'", "MICRO, REALTIME, CONTINUOUS", "'fast'");
  }

  @Test
  void anIntervalThatHasNoUse() {
    assertThat(serve("--sql", QUERY, "--schema", "value INT", "--trigger-interval", "1s"))
        .isEqualTo(USAGE);
    saysOnly(
        "option 'trigger-interval' is for the triggers realtime and continuous; use 'epoch-length'"
            + " with micro; see 'sparkwire serve --help'");
  }

  @Test
  void anOptionOutOfItsRange() {
    assertThat(serve("--sql", QUERY, "--schema", "value INT", "--port", "70000")).isEqualTo(USAGE);
    saysOnly("option 'port' must be 0 to 65535, got '70000'; see 'sparkwire serve --help'");
  }

  @Test
  void anOptionThatIsUnknownGetsASuggestion() {
    assertThat(serve("--sql", QUERY, "--schema", "value INT", "--prot=1")).isEqualTo(USAGE);
    saysOnly("unknown option: '--prot=1'; did you mean --port?; see 'sparkwire serve --help'");
  }

  @Test
  void aPortThatIsTaken() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(holder.getLocalPort());
      assertThat(serve("--sql", QUERY, "--schema", "value INT", "--port", port)).isEqualTo(FAILED);
      saysOnly(
          "cannot listen on 127.0.0.1:"
              + port
              + " (Address already in use); choose another --port or --host, or stop what listens"
              + " there");
    }
  }

  @Test
  void aCheckpointThatIsAFile() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThat(
            serve(
                "--sql",
                QUERY,
                "--schema",
                "value INT",
                "--port",
                "0",
                "--checkpoint",
                file.toString()))
        .isEqualTo(FAILED);
    saysOnly("--checkpoint needs a directory, but '" + file + "' is a file");
  }

  @Test
  void aSchemaThatLacksWhatTheModelNeeds() throws IOException {
    assertThat(serve(onSpark("--model", tokenizer(), "--schema", "value INT, txt STRING")))
        .isEqualTo(FAILED);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: the model does not fit --schema: its stage Tokenizer says: ")
        .contains("`text`")
        .endsWith("(columns of --schema: value, txt)");
    assertThat(out.toString()).contains("[3/4] checking schema, model and reply ... failed");
  }

  @Test
  void aReplyThatTheResultLacks() throws IOException {
    assertThat(
            serve(onSpark("--model", tokenizer(), "--schema", "text STRING", "--reply", "wrods")))
        .isEqualTo(FAILED);
    saysOnly("--reply asks for a column 'wrods', but the result has only text, words");
  }

  @Test
  void aQueryWithoutAModelNeedsASchema() {
    assertThat(serve("--sql", QUERY)).isEqualTo(USAGE);
    saysOnly(
        "--sql without --model needs the columns of a request: give --schema or --schema-from; see"
            + " 'sparkwire serve --help'");
  }

  @Test
  void twoSourcesOfASchema() {
    assertThat(serve("--sql", QUERY, "--schema", "value INT", "--schema-from", "rows.csv"))
        .isEqualTo(USAGE);
    saysOnly(
        "--schema and --schema-from exclude each other; give one of them; see 'sparkwire serve"
            + " --help'");
  }

  @Test
  void trainingDataOfAnUnknownKind() {
    assertThat(serve("--sql", QUERY, "--schema-from", "rows")).isEqualTo(USAGE);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: option 'schema-from' must be a file or directory whose name ends")
        .endsWith("got 'rows'; see 'sparkwire serve --help'");
  }

  @Test
  void aSchemaThatIsFoundIsShownToBeKept() throws IOException {
    assertThat(serve(onSpark("--model", tokenizer(), "--reply", "wrods"))).isEqualTo(FAILED);
    saysOnly("--reply asks for a column 'wrods', but the result has only text, words");
    assertThat(out.toString().lines())
        .containsSubsequence(
            "      found in the model's stages; to keep it:", "      --schema \"text STRING\"");
  }

  @Test
  void aSchemaOfAQueryIsThatOfTheTrainingData() throws IOException {
    Path data = Files.writeString(directory.resolve("rows.csv"), "value,other\n1,a\n2,b\n");
    assertThat(serve(onSpark("--sql", QUERY, "--reply", "wrong", "--schema-from", data.toString())))
        .isEqualTo(FAILED);
    assertThat(out.toString()).contains("--schema \"value INT,other STRING\"");
  }

  @Test
  void aQueryThatCannotBeRead() {
    assertThat(serve("--sql", "SELEC value FROM requests", "--schema", "value INT"))
        .isEqualTo(USAGE);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: the SQL cannot be read: ")
        .contains("'SELEC'");
  }

  @Test
  void aQueryOverAColumnThatIsMissing() {
    assertThat(serve(onSpark("--sql", "SELECT vaule FROM requests", "--schema", "value INT")))
        .isEqualTo(FAILED);
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .contains("`vaule`", "Did you mean one of the following? [`value`]");
  }

  @Test
  void aStackTraceOnRequest() {
    assertThat(serve("--model", "nope", "--schema", "a INT", "--verbose")).isEqualTo(FAILED);
    assertThat(err.toString()).contains("\tat io.sparkwire.model.ModelLocation.check");
  }
}
