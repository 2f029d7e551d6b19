package io.sparkwire.onnx;

import static io.sparkwire.onnx.TestTokenizers.bpe;
import static io.sparkwire.onnx.TestTokenizers.list;
import static io.sparkwire.onnx.TestTokenizers.stage;
import static io.sparkwire.onnx.TestTokenizers.tokens;
import static io.sparkwire.onnx.TestTokenizers.wordPiece;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(TestSpark.class)
@Timeout(120)
class TextTokenizerTest {

  private final SparkSession spark;
  @TempDir Path directory;

  TextTokenizerTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> texts(String... texts) {
    return spark.createDataset(Arrays.asList(texts), Encoders.STRING()).repartition(1).toDF("text");
  }

  private Dataset<Row> pair(String text, String other) {
    return texts(text)
        .withColumn("other", org.apache.spark.sql.functions.lit(other).cast("string"));
  }

  private static String ids(TextTokenizer stage, Dataset<Row> rows) {
    return list(stage.transform(rows).head(), "input_ids");
  }

  @Test
  void wordsBecomePiecesBetweenSpecialTokens() {
    Row row = stage(wordPiece()).transform(texts("The cats UNWANTED")).head();
    assertThat(tokens(row)).isEqualTo("[2,4,5,12,9,10,11,3][1,1,1,1,1,1,1,1][0,0,0,0,0,0,0,0]");
  }

  @Test
  void bytePairsAreMerged() {
    Row row = stage(bpe()).transform(texts("lower low row é")).head();
    assertThat(list(row, "input_ids")).isEqualTo("[9,7,5,2,3,0]");
    assertThat(list(row, "token_type_ids")).isEqualTo("[0,0,0,0,0,0]");
  }

  @Test
  void noRowIsPadded() {
    List<Row> rows = stage(wordPiece()).transform(texts("cat", "the cat sat", "")).collectAsList();
    assertThat(rows)
        .extracting(row -> list(row, "input_ids") + list(row, "attention_mask"))
        .containsExactly("[2,5,3][1,1,1]", "[2,4,5,6,3][1,1,1,1,1]", "[2,3][1,1]");
  }

  @Test
  void whatIsUnknownHasAToken() {
    assertThat(ids(stage(wordPiece()), texts("the 😀 猫\u0000 on [SEP]")))
        .isEqualTo("[2,4,1,1,7,3,3]");
  }

  @Test
  void specialTokensCanBeLeftOut() {
    assertThat(ids(stage(wordPiece()).setAddSpecialTokens(false), texts("the cat.")))
        .isEqualTo("[4,5,13]");
  }

  @Test
  void longTextsAreCutAsTheFileSaysOrAtALength() {
    Dataset<Row> rows = texts("the cat sat on the mat . the cat sat");
    assertThat(ids(stage(wordPiece()), rows)).isEqualTo("[2,4,5,6,7,4,8,3]");
    assertThat(ids(stage(wordPiece()).setMaxLength(5), rows)).isEqualTo("[2,4,5,6,3]");
    assertThat(ids(stage(wordPiece()).setMaxLength(100), rows))
        .isEqualTo("[2,4,5,6,7,4,8,13,4,5,6,3]");
    assertThat(ids(stage(bpe()).setMaxLength(2), texts("low low low"))).isEqualTo("[7,7]");
    assertThat(ids(stage(bpe()), texts("low ".repeat(5000)))).hasSize(10_001);
  }

  @Test
  void theDirectionOfTheFileHoldsForAnotherLength() {
    String left = text(wordPiece()).replace("\"Right\",\n  \"max", "\"Left\",\n  \"max");
    assertThat(left).isNotEqualTo(text(wordPiece()));
    assertThat(
            ids(
                stage(left.getBytes(StandardCharsets.UTF_8)).setMaxLength(4),
                texts("the cat sat on")))
        .isEqualTo("[2,6,7,3]");
  }

  @Test
  void twoLongTextsAreCutWithoutTheirOverflow() {
    Dataset<Row> rows = pair("the cat ".repeat(20_000), "on the mat ".repeat(20_000));
    assertThat(ids(stage(wordPiece()).setPairCol("other"), rows)).isEqualTo("[2,4,5,3,7,4,8,3]");
  }

  @Test
  void aPairHasTwoTypes() {
    TextTokenizer stage = stage(wordPiece()).setPairCol("other");
    assertThat(tokens(stage.transform(pair("the cat", "sat")).head()))
        .isEqualTo("[2,4,5,3,6,3][1,1,1,1,1,1][0,0,0,0,1,1]");
    assertThat(tokens(stage.transform(pair("the cat sat on", "the mat on the mat")).head()))
        .isEqualTo("[2,4,5,3,4,8,7,3][1,1,1,1,1,1,1,1][0,0,0,0,1,1,1,1]");
  }

  @Test
  void nullBecomesNull() {
    List<Row> rows = stage(wordPiece()).transform(texts("cat", null)).collectAsList();
    assertThat(tokens(rows.get(1))).isEqualTo("nullnullnull");
    TextTokenizer pairs = stage(wordPiece()).setPairCol("other");
    assertThat(tokens(pairs.transform(pair("cat", null)).head())).isEqualTo("nullnullnull");
    assertThat(tokens(pairs.transform(pair(null, "cat")).head())).isEqualTo("nullnullnull");
  }

  @Test
  void aSavedPipelineGivesTheSame() throws IOException {
    TextTokenizer stage =
        stage(wordPiece())
            .setInputCol("a.b")
            .setPairCol("other")
            .setIdsCol("i")
            .setMaskCol("m")
            .setTypesCol("t.y")
            .setMaxLength(7)
            .setAddSpecialTokens(false);
    Dataset<Row> rows = pair("the cat sat on the mat", "the cat").withColumnRenamed("text", "a.b");
    PipelineModel model = new Pipeline().setStages(new PipelineStage[] {stage}).fit(rows);
    String path = directory.resolve("model").toString();
    model.write().overwrite().save(path);
    Dataset<Row> result = PipelineModel.load(path).transform(rows);
    assertThat(result.schema()).isEqualTo(model.transformSchema(rows.schema()));
    assertThat(result.collectAsList()).isEqualTo(model.transform(rows).collectAsList());
    assertThat(list(result.head(), "i") + list(result.head(), "t.y"))
        .isEqualTo("[4,5,6,7,4,4,5][0,0,0,0,0,1,1]");
  }

  @Test
  void theFileIsPartOfTheStage() throws IOException {
    Path file = Files.write(directory.resolve("t.json"), wordPiece());
    TextTokenizer stage = new TextTokenizer().setInputCol("text").setTokenizerFile(file.toString());
    Files.delete(file);
    String path = directory.resolve("stage").toString();
    stage.copy(new ParamMap()).write().save(path);
    assertThat(Files.readAllBytes(Path.of(path, "tokenizer.json"))).isEqualTo(wordPiece());
    assertThat(ids(TextTokenizer.load(path), texts("mat"))).isEqualTo("[2,8,3]");
  }

  @Test
  void aRowIsTokenizedOnceForAllColumns() {
    Dataset<Row> rows =
        stage(wordPiece())
            .transform(texts("cat"))
            .select("token_type_ids", "input_ids", "attention_mask");
    String plan = rows.queryExecution().optimizedPlan().toString();
    assertThat(plan.split("invoke\\(", -1)).hasSize(2);
    String code = rows.queryExecution().executedPlan().toString();
    assertThat(code.split("invoke\\(", -1)).hasSize(2);
    assertThat(plan.length()).isLessThan(3000);
  }

  @Test
  void tasksDoNotCarryTheFile() {
    byte[] large =
        text(wordPiece())
            .replace("\"1.0\"", "\"1.0\"" + " ".repeat(1 << 20))
            .getBytes(StandardCharsets.UTF_8);
    Dataset<Row> rows = stage(large).transform(texts("cat"));
    byte[] plan =
        new org.apache.spark.serializer.JavaSerializer(spark.sparkContext().getConf())
            .newInstance()
            .serialize(
                rows.queryExecution().optimizedPlan().expressions(),
                scala.reflect.ClassTag.apply(Object.class))
            .array();
    assertThat(plan.length).isLessThan(100_000);
  }

  @Test
  void whatCannotWorkIsReportedBeforeAnythingRuns() {
    TextTokenizer stage = stage(wordPiece());
    Dataset<Row> rows = texts("cat").withColumn("n", col("text").cast("int"));
    assertThatThrownBy(() -> new TextTokenizer().setInputCol("text").transform(rows))
        .hasMessageContaining("has no tokenizer; call setTokenizerFile");
    assertThatThrownBy(() -> stage.setInputCol("nope").transform(rows))
        .hasMessage("there is no column 'nope'; there are text, n; check inputCol");
    assertThatThrownBy(() -> stage.setInputCol("n").transform(rows))
        .hasMessage("column 'n' must be STRING, got INT; check inputCol");
    assertThatThrownBy(() -> stage.setInputCol("text").setPairCol("n").transform(rows))
        .hasMessage("column 'n' must be STRING, got INT; check pairCol");
    stage.clear(stage.pairCol());
    assertThatThrownBy(() -> stage.setTypesCol("n").transform(rows))
        .hasMessage("there is a column 'n' already; choose another name with typesCol");
    assertThatThrownBy(() -> stage.setTypesCol("input_ids").transform(rows))
        .hasMessage("there is a column 'input_ids' already; choose another name with typesCol");
  }

  @Test
  void aLengthWithoutRoomForTextIsRefused() {
    Dataset<Row> rows = pair("cat", "cat");
    TextTokenizer stage = stage(wordPiece());
    assertThatThrownBy(() -> stage.setMaxLength(2).transform(rows))
        .hasMessageContaining("param 'maxLength' must be more than the 2 special tokens")
        .hasMessageContaining("got '2'");
    assertThatThrownBy(() -> stage.setMaxLength(-1).transform(rows))
        .hasMessageContaining("got '-1'");
    assertThatThrownBy(() -> stage.setMaxLength(3).setPairCol("other").transform(rows))
        .hasMessageContaining("more than the 3 special tokens");
    assertThat(ids(stage.setAddSpecialTokens(false).setMaxLength(1), rows)).isEqualTo("[5]");
    String tiny = text(wordPiece()).replace("\"max_length\": 8", "\"max_length\": 1");
    assertThatThrownBy(() -> stage(tiny.getBytes(StandardCharsets.UTF_8)).transform(texts("cat")))
        .hasMessageContaining("got '0', and the file says 1");
  }

  @Test
  void whatIsNoTokenizerIsRefusedWhenItIsSet() {
    for (String file :
        List.of("", "[]", "{", "{\"version\":\"1.0\"}", "{\"model\":{\"type\":\"X\"}}")) {
      assertThatThrownBy(() -> stage(file.getBytes(StandardCharsets.UTF_8)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("this is no tokenizer.json: ");
    }
    assertThatThrownBy(() -> new TextTokenizer().setTokenizerFile("/no/such/file"))
        .hasMessage("there is no file '/no/such/file'");
  }

  private static String text(byte[] file) {
    return new String(file, StandardCharsets.UTF_8);
  }
}
