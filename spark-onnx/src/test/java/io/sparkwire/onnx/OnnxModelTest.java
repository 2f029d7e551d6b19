package io.sparkwire.onnx;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.sparkwire.spark.TestSpark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/** Networks over rows of a batch. */
@ExtendWith(TestSpark.class)
@Timeout(120)
class OnnxModelTest {

  private final SparkSession spark;

  OnnxModelTest(SparkSession spark) {
    this.spark = spark;
  }

  private Dataset<Row> row(String... columns) {
    return spark.range(1).selectExpr(columns);
  }

  private static List<Float> floats(Row row, String column) {
    return row.getList(row.fieldIndex(column));
  }

  @Test
  void rowsKeepTheirOrderAndTheirColumns() {
    Dataset<Row> rows =
        spark
            .range(0, 1000, 1, 3)
            .select(col("id"), expr("array(float(id), float(2), float(1))").as("x"));
    List<Row> results =
        Networks.model("linear").setMiniBatchSize(7).transform(rows).collectAsList();
    assertThat(results).hasSize(1000);
    for (int i = 0; i < results.size(); i++) {
      assertThat(results.get(i).getLong(0)).isEqualTo(i);
      assertThat(floats(results.get(i), "scores")).containsExactly(i + 2f, 5f);
    }
  }

  @Test
  void allPartitionsOfAJobShareOneSession() {
    OnnxModel model = Networks.model("one-row").setOptimizationLevel("BASIC_OPT");
    long before = io.sparkwire.onnx.session.Sessions.OF_JVM.opened();
    Dataset<Row> rows = spark.range(0, 80, 1, 8).select(expr("array(id, id, 1)").as("x"));
    assertThat(model.transform(rows).collectAsList()).hasSize(80);
    assertThat(io.sparkwire.onnx.session.Sessions.OF_JVM.opened()).isEqualTo(before + 1);
  }

  @Test
  void vectorsAndOtherNumbersGoIntoANetworkOfFloats() {
    OnnxModel model = Networks.model("linear");
    Dataset<Row> dense = row("array(1D, 2D, 3D) AS n").select(vector("n"));
    assertThat(floats(model.transform(dense).first(), "scores")).containsExactly(5f, 7f);
    Row sparse = model.transform(sparse()).first();
    assertThat(floats(sparse, "scores")).containsExactly(1f, 5f);
    for (String type : List.of("TINYINT", "SMALLINT", "INT", "BIGINT", "FLOAT", "DOUBLE")) {
      Dataset<Row> rows = row("CAST(array(1, 2, 3) AS ARRAY<" + type + ">) AS x");
      assertThat(floats(model.transform(rows).first(), "scores")).containsExactly(5f, 7f);
    }
  }

  private static org.apache.spark.sql.Column vector(String array) {
    return org.apache.spark.ml.functions.array_to_vector(col(array)).as("x");
  }

  private Dataset<Row> sparse() {
    var schema =
        new org.apache.spark.sql.types.StructType()
            .add("x", org.apache.spark.ml.linalg.SQLDataTypes.VectorType());
    Vector vector = Vectors.sparse(3, new int[] {1}, new double[] {3});
    return spark.createDataFrame(List.of(org.apache.spark.sql.RowFactory.create(vector)), schema);
  }

  @Test
  void eachTypeOfElementsGoesInAndComesOut() {
    Dataset<Row> rows =
        row(
            "CAST(array(1.5, -2) AS ARRAY<FLOAT>) AS float",
            "array(1.5D, -2D) AS double",
            "array(1.5D, -2D) AS half",
            "array(-128Y, 127Y) AS byte",
            "array(0S, 255S) AS octet",
            "array(-32768S, 32767S) AS short",
            "array(-2147483648, 2147483647) AS int",
            "array(-9223372036854775808L, 9007199254740993L) AS long",
            "array(true, false) AS truth",
            "array('é', '') AS text");
    Row result = Networks.model("types").transform(rows).first();
    assertThat(result.<List<Object>>getList(10).toString()).isEqualTo(list(1.5f, -2f));
    assertThat(of(result, "double_out")).isEqualTo(list(1.5, -2.0));
    assertThat(of(result, "half_out")).isEqualTo(list(1.5, -2.0));
    assertThat(of(result, "byte_out")).isEqualTo(list(-128, 127));
    assertThat(of(result, "octet_out")).isEqualTo(list(0, 255));
    assertThat(of(result, "short_out")).isEqualTo(list(-32768, 32767));
    assertThat(of(result, "int_out")).isEqualTo(list(Integer.MIN_VALUE, Integer.MAX_VALUE));
    assertThat(of(result, "long_out")).isEqualTo(list(Long.MIN_VALUE, 9007199254740993L));
    assertThat(of(result, "truth_out")).isEqualTo(list(true, false));
    assertThat(of(result, "text_out")).isEqualTo(list("é", ""));
  }

  private static String of(Row row, String column) {
    return row.getList(row.fieldIndex(column)).toString();
  }

  private static String list(Object... elements) {
    return List.of(elements).toString();
  }

  @Test
  void bytesGoIntoANetworkOfOctets() {
    Dataset<Row> rows =
        row(
            "CAST(array(1) AS ARRAY<FLOAT>) AS float",
            "array(1D) AS double",
            "array(1D) AS half",
            "array(1Y) AS byte",
            "X'FF' AS octet",
            "array(1S) AS short",
            "array(1) AS int",
            "array(1L) AS long",
            "array(true) AS truth",
            "array('a') AS text");
    assertThat(of(Networks.model("types").transform(rows).first(), "octet_out"))
        .isEqualTo(list(255));
  }

  @Test
  void scalarsOfARowAreItsColumns() {
    Row result =
        Networks.model("scalars")
            .setFetchDict(Map.of("total", "sum", "copy", "same"))
            .transform(row("3 AS a", "4L AS b", "'Ada' AS name"))
            .first();
    assertThat(result.<Long>getAs("total")).isEqualTo(7);
    assertThat(result.<String>getAs("copy")).isEqualTo("Ada");
  }

  @Test
  void aRowWithANullHasNullResults() {
    Dataset<Row> rows =
        spark.sql("SELECT explode(array(1L, null, 3L)) AS a").selectExpr("a", "1L b", "'n' name");
    List<Row> results = Networks.model("scalars").transform(rows).collectAsList();
    assertThat(results.stream().map(row -> row.get(3)).toList()).containsExactly(2L, null, 4L);
  }

  @Test
  void aNetworkForOneRowComputesEachAlone() {
    Dataset<Row> rows = spark.range(3).select(expr("array(id, id, 1)").as("x"));
    List<Row> results = Networks.model("one-row").transform(rows).collectAsList();
    assertThat(results.stream().map(row -> floats(row, "scores")).toList())
        .containsExactly(List.of(1f, 1f), List.of(2f, 2f), List.of(3f, 3f));
  }

  @Test
  void aNetworkWithoutAnAxisOfRowsComputesEachAlone() {
    Dataset<Row> rows = spark.range(2).select(expr("array(id, 2, 3)").as("x"));
    List<Row> results = Networks.model("no-rows").transform(rows).collectAsList();
    assertThat(results.stream().map(row -> row.getList(1)).toList().toString())
        .isEqualTo("[[0.0, 4.0, 6.0], [2.0, 4.0, 6.0]]");
  }

  @Test
  void aFlatArrayStandsForSeveralAxes() {
    String nested =
        "transform(sequence(1, 3), c -> array(array(float(c), 0), array(0, float(c)))) AS pixels";
    String flat = "array(1, 0, 0, 1, 2, 0, 0, 2, 3, 0, 0, 3) AS pixels";
    for (String pixels : List.of(nested, flat)) {
      Row result = Networks.model("image").transform(row(pixels)).first();
      assertThat(floats(result, "means")).containsExactly(0.5f, 1f, 1.5f);
    }
  }

  @Test
  void softmaxAndArgmaxAreMadeOfAnOutput() {
    Row result =
        Networks.model("linear")
            .setSoftMaxDict(Map.of("scores", "probability"))
            .setArgMaxDict(Map.of("scores", "prediction"))
            .transform(row("array(1000, 0, 0) AS x"))
            .first();
    assertThat(result.schema().fieldNames()).containsExactly("x", "probability", "prediction");
    Vector probability = result.getAs("probability");
    assertThat(probability.toArray()).containsExactly(new double[] {1, 0}, within(1e-9));
    assertThat(result.<Double>getAs("prediction")).isZero();
    Row even =
        Networks.model("linear")
            .setFetchDict(Map.of("s", "scores"))
            .setSoftMaxDict(Map.of("s", "probability"))
            .transform(row("array(1, 0, 0) AS x"))
            .first();
    assertThat(even.<Vector>getAs("probability").toArray()).containsExactly(0.5, 0.5);
    assertThat(floats(even, "s")).containsExactly(2f, 2f);
  }

  @Test
  void aFetchedColumnCanBeAVector() {
    Row result =
        Networks.model("linear")
            .setVectorCols("scores")
            .transform(row("array(1, 2, 3) AS x"))
            .first();
    assertThat(result.<Vector>getAs("scores")).isEqualTo(Vectors.dense(5, 7));
  }

  private Dataset<Row> texts() {
    return spark
        .sql("SELECT explode(array(array(1L, 3L), array(5L), array(2L, 4L, 9L), array())) ids")
        .withColumn("ids", expr("CAST(ids AS ARRAY<BIGINT>)"))
        .withColumn("attention_mask", expr("transform(ids, id -> IF(id = 9, 0L, 1L))"))
        .coalesce(1);
  }

  private static List<String> means(Dataset<Row> results) {
    return results
        .select(col("mean").cast("string"))
        .as(org.apache.spark.sql.Encoders.STRING())
        .collectAsList();
  }

  @Test
  void theMeanOfTokensIsTheSameWithAndWithoutPadding() {
    List<String> right =
        List.of("[2.0, 4.0, 1.0]", "[5.0, 10.0, 1.0]", "[3.0, 6.0, 1.0]", "[0.0, 0.0, 0.0]");
    OnnxModel model = Networks.model("tokens").setMeanPoolingDict(Map.of("embeddings", "mean"));
    assertThat(means(model.transform(texts()))).isEqualTo(right);
    model.setPaddedInputs("ids", "attention_mask");
    assertThat(means(model.transform(texts()))).isEqualTo(right);
    Row normal = model.setNormalizeMean(true).transform(texts()).first();
    double length = Math.sqrt(4 + 16 + 1);
    assertThat(floats(normal, "mean"))
        .containsExactly((float) (2 / length), (float) (4 / length), (float) (1 / length));
  }

  @Test
  void paddedOutputsAreCutBackToTheirRows() {
    OnnxModel model = Networks.model("tokens").setPaddedInputs("ids", "attention_mask");
    List<Row> results = model.transform(texts()).collectAsList();
    assertThat(results.stream().map(row -> row.getList(2).size()).toList())
        .containsExactly(2, 1, 3, 0);
  }

  @Test
  void aPipelineWithANetworkIsSavedAndLoaded(@TempDir Path directory) throws Exception {
    Dataset<Row> rows = row("1D AS a", "2D AS b", "3D AS c");
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new VectorAssembler()
                      .setInputCols(new String[] {"a", "b", "c"})
                      .setOutputCol("v"),
                  Networks.model("linear")
                      .setFeedDict(Map.of("x", "v"))
                      .setArgMaxDict(Map.of("scores", "best"))
                      .setPaddedInputs()
                      .setMiniBatchSize(16),
                  new SQLTransformer().setStatement("SELECT *, best + 1 AS next FROM __THIS__")
                })
            .fit(rows);
    String path = directory.resolve("model").toString();
    model.save(path);
    Row result = PipelineModel.load(path).transform(rows).first();
    assertThat(result.<Double>getAs("next")).isEqualTo(2);
    try (var files = Files.walk(directory)) {
      assertThat(files.filter(file -> file.endsWith(OnnxModel.FILE))).hasSize(1);
    }
  }

  @Test
  void aCopyHasTheNetworkAndTheOtherParams() {
    OnnxModel model = Networks.model("linear").setThreads(2);
    OnnxModel copy = model.copy(org.apache.spark.ml.param.ParamMap.empty());
    assertThat(copy.uid()).isEqualTo(model.uid());
    assertThat(floats(copy.transform(row("array(1, 2, 3) AS x")).first(), "scores"))
        .containsExactly(5f, 7f);
    assertThat(CollectionConverters.asJava(copy.extractParamMap().toSeq())).isNotEmpty();
  }

  @Test
  void whatDoesNotFitIsSaidInWords() {
    OnnxModel model = Networks.model("linear");
    refuses(
        model,
        row("1 AS y"),
        "input 'x' of the network takes FLOAT[-1,3] of the column 'x', which is not there; the columns are y; setFeedDict maps inputs to columns");
    refuses(
        model,
        row("current_date() AS x"),
        "column 'x' is DATE, but input 'x' of the network takes FLOAT[-1,3]: numbers, texts, arrays of these, bytes or an ML vector");
    refuses(
        model,
        row("array(1) AS x", "1 AS scores"),
        "the network would add the column 'scores', which is there already; setFetchDict gives its outputs other names");
    refuses(
        Networks.model("linear").setFeedDict(Map.of("z", "x")),
        row("array(1) AS x"),
        "feedDict names the input 'z', which the network does not have; it has x");
    refuses(
        Networks.model("linear").setFetchDict(Map.of("z", "y")),
        row("array(1) AS x"),
        "fetchDict names the output 'y', which the network does not have; it has scores");
    refuses(
        Networks.model("linear").setMeanPoolingDict(Map.of("scores", "m")),
        row("array(1) AS x"),
        "a mean is of tokens and features in each row, but output 'scores' is FLOAT[-1,2]");
    assertThatThrownBy(
            () ->
                Networks.model("linear")
                    .setExecutionProvider("TPU")
                    .transform(row("array(1) AS x")))
        .hasMessage("executionProvider must be one of [CPU, CUDA], got 'TPU'");
    assertThatThrownBy(() -> new OnnxModel().setModelBytes(new byte[] {1, 2, 3}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the network cannot be opened: ");
    assertThatThrownBy(() -> Networks.model("elsewhere")) // it names pom.xml
        .hasMessageStartingWith("the network cannot be opened: ")
        .hasMessageContaining("/dev/null");
    assertThatThrownBy(() -> new OnnxModel().setModelFile("/no/such.onnx"))
        .hasMessage("there is no file '/no/such.onnx'");
    assertThatThrownBy(() -> new OnnxModel().transform(row("1 AS x")))
        .hasMessage("there is no network; give it by setModelFile or setModelBytes");
  }

  private static void refuses(OnnxModel model, Dataset<Row> rows, String message) {
    assertThatThrownBy(() -> model.transform(rows))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
