package io.sparkwire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.Tokenizer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models as Spark has saved them, in which one thing has been changed. */
class StageCheckTest {

  /** Is on the class path, and must not be loaded. */
  private static final String STRANGE = "com.acme.UnloadedStage";

  private static final String RECORDING = "com.acme.RecordingStage";
  private static final AllowedStages WITH_ACME =
      new AllowedStages(List.of("org.apache.spark.ml.**", "com.acme.*"));

  @TempDir Path root;
  private Path directory;

  @BeforeEach
  void saveAModelOfTwoStages() throws IOException {
    directory = root.resolve("model");
    save(tokenizer("a"), tokenizer("b"));
  }

  private void save(PipelineStage... stages) throws IOException {
    new Pipeline()
        .setStages(stages)
        .fit(TestSpark.session().sql("SELECT 'one two' AS text"))
        .write()
        .overwrite()
        .save(directory.toString());
  }

  private static Tokenizer tokenizer(String output) {
    return new Tokenizer(output).setInputCol("text").setOutputCol(output);
  }

  private Path metadata(String stage) throws IOException {
    try (var files = Files.list(directory.resolve(stage).resolve("metadata"))) {
      return files.filter(f -> f.getFileName().toString().startsWith("part-")).findFirst().get();
    }
  }

  /** Changes the metadata of a stage, and removes their checksum. */
  private void change(String stage, String from, String to) throws IOException {
    Path file = metadata(stage);
    write(file, Files.readString(file).replace(from, to));
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Files.writeString(file, text);
  }

  private static String saved(String name, String params) {
    return "{\"class\":\"%s\",\"timestamp\":1,\"sparkVersion\":\"4.1.0\",\"uid\":\"x\",\"paramMap\":%s,\"defaultParamMap\":{}}"
        .formatted(name, params);
  }

  private void refused(String... messages) throws Exception {
    for (String address : List.of(directory.toString(), directory.toUri().toString())) {
      assertThatThrownBy(() -> load(address, AllowedStages.DEFAULT))
          .isInstanceOf(IllegalStateException.class)
          .satisfies(
              e -> {
                for (String message : messages) {
                  assertThat(e).hasMessageContaining(message);
                }
              });
    }
    assertThat(isLoaded(STRANGE)).isFalse();
  }

  private static Object load(String address, AllowedStages allowed) {
    return new ModelLocation(address).load(TestSpark.session(), allowed);
  }

  private void loads(AllowedStages allowed) {
    assertThatCode(() -> load(directory.toString(), allowed)).doesNotThrowAnyException();
  }

  private static boolean isLoaded(String name) throws Exception {
    Method found = ClassLoader.class.getDeclaredMethod("findLoadedClass", String.class);
    found.setAccessible(true);
    return found.invoke(StageCheckTest.class.getClassLoader(), name) != null;
  }

  @Test
  void aStageIsRefusedBeforeItsClassIsLoadedAndLoadsOnceItIsAllowed() throws Exception {
    write(metadata("stages/1_b"), saved(RECORDING, "{}"));
    ModelLocation location = new ModelLocation(directory.toString());
    String message =
        "stage 2 of 2 in '%s/stages/1_b' (%s, uid x, saved by Spark 4.1.0) is not allowed: option 'allow-stage' has only org.apache.spark.ml.**, org.apache.spark.mllib.**, io.sparkwire.**; its class would run as code here, so add it only if you trust its author: --allow-stage 'org.apache.spark.ml.**,org.apache.spark.mllib.**,io.sparkwire.**,%s'"
            .formatted(directory, RECORDING, RECORDING);
    assertThatThrownBy(() -> location.check(AllowedStages.DEFAULT)).hasMessage(message);
    assertThatThrownBy(() -> location.load(TestSpark.session(), AllowedStages.DEFAULT))
        .hasMessage(message);
    assertThat(isLoaded(RECORDING)).isFalse();
    assertThat(System.getProperty(RECORDING)).isNull();

    location.check(WITH_ACME);
    location.load(TestSpark.session(), WITH_ACME);
    assertThat(isLoaded(RECORDING)).isTrue();
    assertThat(System.getProperty(RECORDING)).isEqualTo("initialized");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "estimator",
        "evaluator",
        "epm_classifier0",
        "bestModel/stages/0_x",
        "subModels/fold0/1",
        "stages/0_a/model_0",
        "stages/0_a/classifier",
        "stages/1_b/pipelineModel/stages/0_x"
      })
  void aStageIsRefusedAtAnyDepth(String place) throws Exception {
    write(directory.resolve(place).resolve("metadata/part-00000"), saved(STRANGE, "{}"));
    refused("'" + directory + "/" + place + "' names the class " + STRANGE, "--allow-stage '");
    loads(WITH_ACME);
  }

  @Test
  void compressedMetadataAreReadAsSparkReadsThem() throws Exception {
    Path plain = metadata("stages/1_b");
    String text = Files.readString(plain);
    Files.delete(plain);
    Path zipped = plain.resolveSibling("part-00000.txt.gz");
    zip(zipped, text);
    loads(AllowedStages.DEFAULT);
    new ModelLocation(directory.toString()).check(AllowedStages.DEFAULT);

    zip(zipped, saved(STRANGE, "{}"));
    refused("stages/1_b", STRANGE, "allow-stage");
    zip(directory.resolve("stages/1_b/more/metadata/x.gz"), saved(STRANGE, "{}"));
    zip(zipped, text);
    refused("stages/1_b/more' names the class " + STRANGE);
  }

  private static void zip(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
      zipped.write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata/part-00009", "metadata/any", "metadata/_k=v", "metadata/_x"})
  void aSecondFileOfMetadataIsRefused(String name) throws Exception {
    write(directory.resolve("stages/1_b").resolve(name), saved(STRANGE, "{}"));
    refused("stages/1_b' are refused: one line is expected, got 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void aSecondLineOfMetadataIsRefused(String end) throws Exception {
    String line = Files.readString(metadata("stages/1_b")).strip();
    write(metadata("stages/1_b"), line + end + saved(STRANGE, "{}"));
    refused("stages/1_b' are refused: one line is expected, got 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"metadata/k=v", "metadata/_spark_metadata"})
  void aDirectoryInMetadataIsRefused(String name) throws Exception {
    write(directory.resolve("stages/1_b").resolve(name).resolve("0"), "v1");
    refused("stages/1_b' are refused: '", "' in it is no file");
  }

  @Test
  void aMemberThatIsThereTwiceIsRefused() throws Exception {
    change("stages/1_b", "{\"class\":", "{\"class\":\"" + STRANGE + "\",\"class\":");
    refused("stages/1_b' are refused: its line is no JSON that all read alike");
  }

  @Test
  void metadataThatAreAFileAreRead() throws Exception {
    write(directory.resolve("stages/1_b/more/metadata"), saved(STRANGE, "{}"));
    refused("stages/1_b/more' names the class " + STRANGE);
  }

  @Test
  void aLinkIsFollowed() throws Exception {
    Path link = directory.resolve("stages/1_b/more");
    Path elsewhere = directory.resolveSibling(directory.getFileName() + "-linked");
    write(elsewhere.resolve("metadata/part-00000"), saved(STRANGE, "{}"));
    Files.createSymbolicLink(link, elsewhere);
    refused("stages/1_b/more' names the class " + STRANGE);
    Files.delete(link);
    Files.createSymbolicLink(link, directory);
    refused("/more/stages/1_b/more", "is one of too many directories");
  }

  @Test
  void aLogOfFilesElsewhereIsRefused() throws Exception {
    write(directory.resolve("stages/1_b/data/_spark_metadata/0"), "v1");
    refused("stages/1_b/data/_spark_metadata' would have Spark read files elsewhere");
  }

  @Test
  void aStageOutsideOfTheModelIsRefused() throws Exception {
    Path elsewhere = directory.resolveSibling(directory.getFileName() + "-elsewhere");
    write(elsewhere.resolve("metadata/part-00000"), saved(RECORDING, "{}"));
    String uid = "/../../../" + elsewhere.getFileName();
    Path nested = directory.resolve("stages/1_b/more");
    write(
        nested.resolve("metadata/part-00000"),
        saved("org.apache.spark.ml.PipelineModel", "{\"stageUids\":[\"" + uid + "\"]}"));
    refused("stages/1_b/more' has a part that would be read from elsewhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"..", "../x", "/x", "hdfs://x/y", "epm_\\\\u002e"})
  void aParamOutsideOfTheModelIsRefused(String path) throws Exception {
    String param = "{\"parent\":\"x\",\"name\":\"y\",\"value\":\"\\\"%s\\\"\",\"isJson\":\"%s\"}";
    Path search = directory.resolve("stages/1_b/more/metadata/part-00000");
    String name = "org.apache.spark.ml.tuning.CrossValidatorModel";
    write(
        search, saved(name, "{\"estimatorParamMaps\":[[" + param.formatted(path, "true") + "]]}"));
    loads(AllowedStages.DEFAULT);
    write(
        search,
        saved(name, "{\"estimatorParamMaps\":[[" + param.formatted("epm_x0", "False") + "]]}"));
    loads(AllowedStages.DEFAULT);
    write(
        search, saved(name, "{\"estimatorParamMaps\":[[" + param.formatted(path, "False") + "]]}"));
    refused("stages/1_b/more' has a part that would be read from elsewhere");
  }

  @Test
  void aTypeOfAColumnInWhatAStageHasLearnedIsRefused() throws Exception {
    String type =
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"n\",\"type\":{\"type\":\"udt\",\"class\":\"%s\",\"pyClass\":null,\"sqlType\":\"integer\"},\"nullable\":true,\"metadata\":{}}]}";
    Path data = directory.resolve("stages/1_b/data/_common_metadata");
    Files.createDirectories(data.getParent());
    writeParquet(data, type.formatted("org.apache.spark.mllib.linalg.VectorUDT"));
    loads(AllowedStages.DEFAULT);
    Files.delete(data);
    writeParquet(data, type.formatted(STRANGE));
    refused(data + "' has a column of the class " + STRANGE);
  }

  private static void writeParquet(Path file, String schema) throws IOException {
    MessageType columns = MessageTypeParser.parseMessageType("message m { required int32 n; }");
    try (ParquetWriter<?> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(columns)
            .withExtraMetaData(Map.of("org.apache.spark.sql.parquet.row.metadata", schema))
            .build()) {
      writeRow(writer, columns);
    }
  }

  @SuppressWarnings("unchecked")
  private static void writeRow(ParquetWriter<?> writer, MessageType columns) throws IOException {
    SimpleGroup row = new SimpleGroup(columns);
    row.add("n", 1);
    ((ParquetWriter<Object>) writer).write(row);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"inputParser\":{\"class\":\"com.acme.UnloadedStage\",\"uid\":\"x\",\"params\":{}}}",
        "{\"stages\":[{\"class\":\"com.acme.UnloadedStage\",\"uid\":\"x\",\"params\":{}}]}",
        "{\"inputParser\":{\"class\":\"io.sparkwire.httpclient.CustomInputParser\",\"uid\":\"x\",\"params\":{\"function\":\"com.acme.UnloadedStage\"}}}",
        "{\"dataType\":\"{\\\"type\\\":\\\"udt\\\",\\\"class\\\":\\\"com.acme.UnloadedStage\\\",\\\"pyClass\\\":null,\\\"sqlType\\\":\\\"integer\\\"}\"}"
      })
  void aClassThatAParamNamesIsRefused(String params) throws Exception {
    String name = "io.sparkwire.httpclient.SimpleHttpTransformer";
    write(directory.resolve("stages/1_b/more/metadata/part-00000"), saved(name, params));
    refused("stages/1_b/more' names the class " + STRANGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT reflect('java.lang.System', 'getenv', 'PATH') AS x FROM __THIS__",
        "SELECT 1 + length(JAVA_METHOD('java.lang.System', 'getenv', text)) FROM __THIS__",
        "SELECT `try_reflect`('java.lang.System', 'getenv', text) FROM __THIS__",
        "SELECT system.builtin.reflect('java.lang.System', 'getenv', text) FROM __THIS__",
        "SELECT * FROM __THIS__ WHERE text IN (SELECT reflect('a', 'b') FROM __THIS__)",
        "WITH t AS (SELECT reflect('a', 'b') AS r FROM __THIS__) SELECT * FROM t",
        "SELECT transform(array(text), x -> reflect('a', x)) FROM __THIS__",
        "SELECT sum(1) OVER w FROM __THIS__ WINDOW w AS (PARTITION BY reflect('a', 'b'))",
        "SELECT * FROM __THIS__ LATERAL VIEW reflect('a', 'b') t AS x",
        "SELECT IDENTIFIER('reflect')('a', 'b') FROM __THIS__",
        "SELECT * FROM IDENTIFIER('text.`/etc/passwd`')",
        "SELECT * FROM __THIS__, text.`/etc/passwd`",
        "SELECT (SELECT first(value) FROM text.`/etc/passwd`) FROM __THIS__",
        "SELECT * FROM some_table",
        "SELECT * FROM (WITH t AS (SELECT 1) SELECT * FROM t), t",
        "WITH t AS (SELECT * FROM t) SELECT * FROM t",
        "WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a",
        "SELECT TRANSFORM(text) USING 'cat' AS x FROM __THIS__",
        "SELECT '${env:PATH}' FROM __THIS__",
        "SELECT http_call(http_request('GET', 'http://127.0.0.1/')) FROM __THIS__",
        "CREATE TEMPORARY FUNCTION f AS 'com.acme.F' USING JAR '/tmp/f.jar'",
        "ADD JAR '/tmp/f.jar'",
        "SET spark.sql.ansi.enabled=false",
        "INSERT OVERWRITE DIRECTORY '/tmp/x' USING parquet SELECT * FROM __THIS__",
        "EXECUTE IMMEDIATE 'SELECT 1'",
        "BEGIN SELECT 1; END",
        "no statement"
      })
  void aStatementThatIsMoreThanAQueryOnItsRowsIsRefused(String statement) throws Exception {
    save(new SQLTransformer("sql").setStatement("SELECT * FROM __THIS__"));
    loads(AllowedStages.DEFAULT);
    setStatement(statement);
    refused(
        "stages/0_sql' has a statement ",
        "--allow-stage '",
        ",org.apache.spark.ml.feature.SQLTransformer'");
    loads(new AllowedStages(List.of("org.apache.spark.ml.**", StageStatement.STAGE)));
  }

  private void setStatement(String statement) throws IOException {
    change("stages/0_sql", "SELECT * FROM __THIS__", statement.replace("\\", "\\\\"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT *, length(text) AS n FROM __THIS__ WHERE text <> 'reflect(1)' ORDER BY n LIMIT 3",
        "SELECT reflect, `java_method` FROM (SELECT 1 AS reflect, 2 AS java_method, * FROM __THIS__)",
        "WITH a AS (SELECT text FROM __THIS__), b AS (SELECT * FROM a) SELECT (SELECT 1 FROM b LIMIT 1) FROM b",
        "WITH t AS (SELECT text AS t FROM __THIS__) SELECT a.t FROM t a JOIN t b USING (t)",
        "SELECT word, count(*) FROM __THIS__ LATERAL VIEW explode(split(text, ' ')) w AS word GROUP BY word HAVING count(*) > 1",
        "SELECT /*+ COALESCE(1) */ t.*, rank() OVER w FROM __THIS__ t WINDOW w AS (ORDER BY text)",
        "SELECT text FROM __THIS__ UNION ALL SELECT text FROM __THIS__ EXCEPT SELECT 'x'",
        "SELECT * FROM __THIS__ JOIN VALUES ('a', 1) AS v(text, n) USING (text)",
        "SELECT * FROM __THIS__, LATERAL explode(array(1, 2)) AS e(n) WHERE EXISTS (SELECT 1)",
        "FROM __THIS__ |> WHERE text <> '' |> SELECT text",
        "SELECT * FROM __THIS__ PIVOT (count(1) FOR text IN ('a', 'b'))",
        "SELECT DISTINCT text FROM __THIS__ TABLESAMPLE (50 PERCENT) DISTRIBUTE BY text SORT BY text"
      })
  void aQueryOnItsRowsIsAllowed(String statement) {
    assertThat(new StageStatement(TestSpark.session()).fault(statement)).isEmpty();
  }
}
