package io.sparkwire.spark;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.catalyst.ArraySizes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.DCT;
import org.apache.spark.ml.feature.PolynomialExpansion;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages that ask for the size of vectors, which a stream does not know yet. */
class ModelOnStreamTest {

  private static final String SCHEMA = "colour STRING, a DOUBLE, b INT";

  @TempDir Path directory;
  private final SparkSession spark = TestSpark.session();
  private Dataset<Row> batch;
  private Dataset<Row> stream;

  @BeforeEach
  void rows() throws Exception {
    Path rows = Files.createDirectory(directory.resolve("rows"));
    Files.writeString(
        rows.resolve("rows.json"),
        """
        {"colour":"red","a":0.5,"b":2}
        {"colour":"blue","a":-3.25,"b":7}
        {"colour":"red","a":1e-3,"b":0}
        """);
    batch = spark.read().schema(SCHEMA).json(rows.toString());
    stream = spark.readStream().schema(SCHEMA).json(rows.toString());
  }

  private PipelineModel fit(PipelineStage... stages) {
    return new Pipeline().setStages(stages).fit(batch);
  }

  private static VectorAssembler assembler(String output, String... inputs) {
    return new VectorAssembler().setInputCols(inputs).setOutputCol(output);
  }

  /** The stream's rows after that model. */
  private List<Row> streamed(PipelineModel model, String column) throws Exception {
    ModelOnStream.transform(model, stream)
        .select("a", column)
        .writeStream()
        .format("memory")
        .queryName("transformed")
        .option("checkpointLocation", Files.createTempDirectory(directory, "c").toString())
        .trigger(Trigger.AvailableNow())
        .start()
        .awaitTermination();
    return spark.table("transformed").orderBy("a").collectAsList();
  }

  private List<Row> inOneBatch(PipelineModel model, String column) {
    return model.transform(batch).select("a", column).orderBy("a").collectAsList();
  }

  @Test
  void vectorsOfUnknownSizeAreAssembledAsInABatch() throws Exception {
    PipelineModel model =
        fit(
            new StringIndexer().setInputCol("colour").setOutputCol("index"), // refuses unseen ones
            assembler("numbers", "a", "b", "index"),
            new PolynomialExpansion().setDegree(2).setInputCol("numbers").setOutputCol("squares"),
            assembler("some", "squares", "a"),
            new DCT().setInputCol("some").setOutputCol("waves"),
            fit(assembler("first", "a", "b")), // a pipeline within
            assembler("features", "waves", "squares", "b"));
    List<Row> expected = inOneBatch(model, "features");

    assertThat(streamed(model, "features")).isEqualTo(expected);
    VectorAssembler last = (VectorAssembler) model.stages()[model.stages().length - 1];
    last.setHandleInvalid(
        "keep"); // with which Spark refuses vectors of unknown size in a batch, too
    assertThat(streamed(model, "features")).isEqualTo(expected);
    assertThat(ModelOnStream.transform(model, stream).isStreaming()).isTrue();
  }

  @Test
  void vectorsThatComeOutOfSqlAreAssembledAsInABatch() throws Exception {
    PipelineModel model =
        fit(
            assembler("numbers", "a", "b"),
            new SQLTransformer()
                .setStatement("SELECT *, IF(a > 0, numbers, numbers) AS same FROM __THIS__"),
            assembler("features", "same", "b"));

    assertThat(streamed(model, "features")).isEqualTo(inOneBatch(model, "features"));
  }

  @Test
  void aStageMayReadEveryElementOfAnArrayWithASize() {
    StructField sized = ArraySizes.sized(StructType.fromDDL("xs ARRAY<DOUBLE>").apply(0), 3);
    UnaryOperator<Dataset<Row>> withArray =
        rows ->
            rows.withColumn("xs", array(col("a"), col("b"), col("b")).cast(sized.dataType()))
                .withMetadata("xs", sized.metadata());
    PipelineModel model =
        new Pipeline()
            .setStages(
                new PipelineStage[] {
                  new SQLTransformer().setStatement("SELECT *, xs[2] AS x FROM __THIS__"),
                  assembler("one", "x"),
                  new PolynomialExpansion().setInputCol("one").setOutputCol("squares"),
                  assembler("features", "squares", "a")
                })
            .fit(withArray.apply(batch));

    assertThat(ModelOnStream.transform(model, withArray.apply(stream)).columns())
        .contains("features");
  }

  @Test
  void aVectorOfUnknownSizeIsNamedWithItsStage() {
    Dataset<Row> vectors =
        stream.withColumn("v", array_to_vector(array(col("a"), col("a")))).drop("colour");
    VectorAssembler needy = assembler("features", "v", "b");
    PipelineModel model =
        new Pipeline()
            .setStages(new PipelineStage[] {assembler("numbers", "a", "b"), needy})
            .fit(batch.withColumn("v", array_to_vector(array(col("a")))));

    assertThatThrownBy(() -> ModelOnStream.transform(model, vectors))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "the model's stage 2 of 2, VectorAssembler ("
                + needy.uid()
                + "), cannot work on a stream: ")
        .hasMessageEndingWith(
            "if it asks for the size of vectors, declare VECTOR(n), or put a VectorSizeHint before"
                + " it");
  }

  @Test
  void aModelThatDoesNotFitSaysSoAsEver() {
    PipelineModel model = fit(assembler("numbers", "a", "b"));
    assertThatThrownBy(() -> ModelOnStream.transform(model, stream.drop("b")))
        .isNotInstanceOf(IllegalStateException.class)
        .hasMessageContaining("b");
  }
}
