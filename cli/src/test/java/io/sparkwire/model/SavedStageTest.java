package io.sparkwire.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as several versions of Spark, PySpark and others have saved them. */
class SavedStageTest {

  private static final String FEATURE = "org.apache.spark.ml.feature.";

  @TempDir Path directory;

  /** Metadata as Spark 2.3 wrote them: one set of parameters, without defaults apart. */
  private static Path save(Path at, String name, String uid, String params) throws IOException {
    return write(
        at,
        """
        {"class":"%s","timestamp":1525000000000,"sparkVersion":"2.3.0","uid":"%s","paramMap":%s}
        """
            .formatted(name, uid, params));
  }

  private static Path write(Path at, String metadata) throws IOException {
    Files.createDirectories(at.resolve("metadata"));
    Files.writeString(at.resolve("metadata/part-00000"), metadata);
    Files.createFile(at.resolve("metadata/_SUCCESS"));
    return at;
  }

  private Path pipeline(Path at, String name, String... uids) throws IOException {
    return save(at, name, "pipe_1", "{\"stageUids\":[\"" + String.join("\",\"", uids) + "\"]}");
  }

  private Path pipeline(String... uids) throws IOException {
    return pipeline(directory, "org.apache.spark.ml.PipelineModel", uids);
  }

  private Path stage(int number, String uid) {
    return directory.resolve("stages/" + number + "_" + uid);
  }

  private Path tokenizer(Path at, String uid) throws IOException {
    return save(
        at,
        FEATURE + "Tokenizer",
        uid,
        "{\"inputCol\":\"text\",\"outputCol\":\"words_" + uid + "\"}");
  }

  private void refused(String message) {
    ModelLocation location = new ModelLocation(directory.toString());
    assertThatThrownBy(() -> location.check(AllowedStages.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(message.replace("{}", directory.toString()));
  }

  @Test
  void aStageOfPythonAloneIsNamed() throws IOException {
    pipeline(directory, "pyspark.ml.pipeline.PipelineModel", "tok", "mine");
    tokenizer(stage(0, "tok"), "tok");
    save(stage(1, "mine"), "mymodule.MyScaler", "mine", "{\"language\":\"Python\"}");
    refused(
        "stage 2 of 2 in '{}/stages/1_mine' (mymodule.MyScaler, uid mine, saved by Spark 2.3.0) is"
            + " written in Python and does not run in the JVM; save its trained parts that Spark"
            + " itself has, such as bestModel, or compute that step in --sql");
  }

  @Test
  void aModelOfPythonAloneIsNamed() throws IOException {
    save(directory, "pyspark.ml.classification.OneVsRestModel", "ovr", "{}");
    assertThatThrownBy(() -> new ModelLocation(directory.toString()).check(AllowedStages.DEFAULT))
        .hasMessageStartingWith(
            "the model in '" + directory + "' (pyspark.ml.classification.OneVsRestModel")
        .hasMessageContaining("such as bestModel");
  }

  @Test
  void theAddOnOfAStageIsNamed() throws IOException {
    save(directory, "io.sparkwire.onnx.OfALaterRelease", "onnx", "{}");
    assertThatThrownBy(() -> new ModelLocation(directory.toString()).check(AllowedStages.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageEndingWith(
            " needs sparkwire-onnx.jar, which is not there; put it beside sparkwire.jar, or on the"
                + " class path with --jars");
  }

  @Test
  void aStageWithoutItsJarIsNamed() throws IOException {
    String name = "ml.dmlc.xgboost4j.scala.spark.XGBoostClassificationModel";
    pipeline("tok", "xgb");
    tokenizer(stage(0, "tok"), "tok");
    save(stage(1, "xgb"), name, "xgb", "{}");
    AllowedStages allowed = new AllowedStages(List.of("org.apache.spark.ml.**", name));
    assertThatThrownBy(() -> new ModelLocation(directory.toString()).check(allowed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "stage 2 of 2 in '%s/stages/1_xgb' (%s, uid xgb, saved by Spark 2.3.0) needs a class"
                    .formatted(directory, name)
                + " that is not on the class path; start with 'spark-submit --jars' and its jar");
  }

  @Test
  void aStageThatHasToBeTrainedSinceIsNamed() throws IOException {
    pipeline("hot");
    save(stage(0, "hot"), FEATURE + "OneHotEncoder", "hot", "{\"inputCol\":\"i\"}");
    refused(
        "stage 1 of 1 in '{}/stages/0_hot' (org.apache.spark.ml.feature.OneHotEncoder, uid hot,"
            + " saved by Spark 2.3.0) is no transformer in this version of Spark, so it has to be"
            + " trained again: save what its fit() gives");
  }

  @Test
  void aModelOfRddsIsNamed() throws IOException {
    write(
        directory,
        "{\"class\":\"org.apache.spark.mllib.classification.SVMModel\",\"version\":\"1.0\"}");
    refused(
        "the model in '{}' (org.apache.spark.mllib.classification.SVMModel, uid none, saved by"
            + " Spark of an unknown version) was saved by spark.mllib, whose models work on RDDs"
            + " alone; train it with spark.ml");
  }

  @Test
  void metadataThatAreNotWholeAreNamed() throws IOException {
    write(directory, "{\"class\":\"" + FEATURE + "Tokenizer\",\"uid\":\"tok\"}");
    refused(
        "the model in '{}' (org.apache.spark.ml.feature.Tokenizer, uid tok, saved by Spark of an"
            + " unknown version) has metadata without 'sparkVersion', so Spark did not write them"
            + " whole; save it again");
  }

  @Test
  void aStageThatIsMissingIsNamed() throws IOException {
    pipeline("tok", "gone");
    tokenizer(stage(0, "tok"), "tok");
    assertThatThrownBy(() -> new ModelLocation(directory.toString()).check(AllowedStages.DEFAULT))
        .hasMessage(
            "stage 2 of 2 in '%s' has no metadata that can be read: %s/metadata"
                .formatted(stage(1, "gone"), stage(1, "gone")));
  }

  @Test
  void aModelBelowItsDirectoryIsPointedAt() throws IOException {
    tokenizer(directory.resolve("sparkml"), "tok");
    refused(
        "the directory '{}' holds no saved SparkML model: it has no 'metadata' inside; --model"
            + " '{}/sparkml' is one");
  }

  @Test
  void aStageThatDoesNotLoadIsNamed() throws IOException {
    pipeline("tok", "idx");
    tokenizer(stage(0, "tok"), "tok");
    save(stage(1, "idx"), FEATURE + "StringIndexerModel", "idx", "{\"inputCol\":\"text\"}");
    ModelLocation location = new ModelLocation(directory.toString());
    location.check(AllowedStages.DEFAULT);
    assertThatThrownBy(() -> location.load(TestSpark.session(), AllowedStages.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "stage 2 of 2 in '"
                + stage(1, "idx")
                + "' (org.apache.spark.ml.feature.StringIndexerModel, uid idx, saved by Spark"
                + " 2.3.0) does not load: ")
        .hasMessageContaining("data");
  }

  @Test
  void aPipelineOfPythonWithStagesOfTheJvmLoads() throws IOException {
    pipeline(directory, "pyspark.ml.pipeline.PipelineModel", "tok", "inner");
    tokenizer(stage(0, "tok"), "tok");
    Path inner = stage(1, "inner");
    pipeline(inner, "pyspark.ml.pipeline.PipelineModel", "b", "c");
    tokenizer(inner.resolve("stages/0_b"), "b");
    tokenizer(inner.resolve("stages/1_c"), "c");
    SparkSession spark = TestSpark.session();
    Transformer model = new ModelLocation(directory.toString()).load(spark, AllowedStages.DEFAULT);

    assertThat(model.transform(spark.sql("SELECT 'One two' AS text")).columns())
        .containsExactly("text", "words_tok", "words_b", "words_c");
  }

  /** PySpark saves it as one of Python if its evaluator is, or a stage that the JVM has not. */
  @Test
  void aSearchOfPythonPredictsAsItsBestModel() throws IOException {
    pipeline(directory, "pyspark.ml.pipeline.PipelineModel", "cv", "tvs");
    save(stage(0, "cv"), "pyspark.ml.tuning.CrossValidatorModel", "cv", "{}");
    Path best = stage(0, "cv").resolve("bestModel");
    pipeline(best, "pyspark.ml.pipeline.PipelineModel", "a");
    tokenizer(best.resolve("stages/0_a"), "a");
    save(stage(1, "tvs"), "pyspark.ml.tuning.TrainValidationSplitModel", "tvs", "{}");
    tokenizer(stage(1, "tvs").resolve("bestModel"), "b");
    SparkSession spark = TestSpark.session();

    for (String address : List.of(directory.toString(), directory.toUri().toString())) {
      Transformer model = new ModelLocation(address).load(spark, AllowedStages.DEFAULT);
      assertThat(model.transform(spark.sql("SELECT 'One two' AS text")).columns())
          .containsExactly("text", "words_a", "words_b");
    }
  }

  @Test
  void aStageOfABestModelIsNamed() throws IOException {
    save(directory, "org.apache.spark.ml.tuning.CrossValidatorModel", "cv", "{}");
    Path best = directory.resolve("bestModel");
    pipeline(best, "pyspark.ml.pipeline.PipelineModel", "tok", "mine");
    tokenizer(best.resolve("stages/0_tok"), "tok");
    save(best.resolve("stages/1_mine"), "mymodule.MyScaler", "mine", "{\"language\":\"Python\"}");
    refused(
        "stage 2 of 2 of the best model in '{}/bestModel/stages/1_mine' (mymodule.MyScaler, uid"
            + " mine, saved by Spark 2.3.0) is written in Python and does not run in the JVM; save"
            + " its trained parts that Spark itself has, such as bestModel, or compute that step in"
            + " --sql");
  }

  @Test
  void aStageAtAnAddressIsNamedToo() throws IOException {
    pipeline(directory, "pyspark.ml.pipeline.PipelineModel", "tok", "gone");
    tokenizer(stage(0, "tok"), "tok");
    String address = directory.toUri().toString().replaceFirst("/$", "");
    assertThatThrownBy(
            () -> new ModelLocation(address).load(TestSpark.session(), AllowedStages.DEFAULT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "stage 2 of 2 in '" + address + "/stages/1_gone' has no metadata that can be read: ");
  }

  @Test
  void aPipelineOfSpark23Predicts() throws IOException {
    SparkSession spark = TestSpark.session();
    pipeline("idx", "vec", "lr");
    save(
        stage(0, "idx"),
        FEATURE + "StringIndexerModel",
        "idx",
        "{\"inputCol\":\"colour\",\"outputCol\":\"i\",\"handleInvalid\":\"error\"}");
    spark.sql("SELECT array('red', 'blue') AS labels").write().parquet(data(stage(0, "idx")));
    save(
        stage(1, "vec"),
        FEATURE + "VectorAssembler",
        "vec",
        "{\"inputCols\":[\"i\",\"x\"],\"outputCol\":\"features\"}");
    save(
        stage(2, "lr"),
        "org.apache.spark.ml.classification.LogisticRegressionModel",
        "lr",
        "{\"featuresCol\":\"features\",\"labelCol\":\"label\",\"predictionCol\":\"prediction\","
            + "\"rawPredictionCol\":\"rawPrediction\",\"probabilityCol\":\"probability\","
            + "\"threshold\":0.5}");
    saveCoefficients(spark, data(stage(2, "lr")));
    Transformer model = new ModelLocation(directory.toString()).load(spark, AllowedStages.DEFAULT);

    List<Row> predicted =
        model
            .transform(
                spark.sql("SELECT * FROM VALUES ('red', 3.0D), ('blue', 0.0D) AS t(colour, x)"))
            .select("prediction")
            .collectAsList();
    assertThat(predicted).extracting(row -> row.getDouble(0)).containsExactly(1.0, 0.0);
  }

  private static String data(Path stage) {
    return stage.resolve("data").toString();
  }

  /** Of x alone, which is 1 from 2 on. */
  private static void saveCoefficients(SparkSession spark, String path) {
    StructType layout =
        new StructType()
            .add("numClasses", "int")
            .add("numFeatures", "int")
            .add("interceptVector", SQLDataTypes.VectorType())
            .add("coefficientMatrix", SQLDataTypes.MatrixType())
            .add("isMultinomial", "boolean");
    Row row =
        RowFactory.create(
            2, 2, Vectors.dense(-2), new DenseMatrix(1, 2, new double[] {0, 1}, true), false);
    spark.createDataFrame(List.of(row), layout).write().parquet(path);
  }

  @Test
  void whatIsSavedIsItsOwnersAlone() throws IOException {
    SparkSession spark = TestSpark.session();
    PipelineModel model =
        new Pipeline()
            .setStages(new PipelineStage[] {new Tokenizer().setInputCol("text").setOutputCol("w")})
            .fit(spark.sql("SELECT 'a' AS text"));
    Path saved = directory.resolve("below a/model 1%");
    ModelLocation location = new ModelLocation(saved.toString());
    location.save(model);
    location.save(model); // in place of the one that is there

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(saved)))
        .isEqualTo("rwx------");
    assertThat(saved.getParent().toFile().list()).containsExactly("model 1%");
    assertThat(location.load(spark, AllowedStages.DEFAULT).uid()).isEqualTo(model.uid());
  }
}
