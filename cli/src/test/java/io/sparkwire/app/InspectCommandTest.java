package io.sparkwire.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {

  private static final int FAILED = 1;
  private static final int USAGE = 2;

  @TempDir Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int inspect(String... args) {
    List<String> all = new ArrayList<>(List.of("inspect"));
    all.addAll(List.of(args));
    Console console = new Console(new PrintWriter(out, true), new PrintWriter(err, true));
    return new Sparkwire(Map.of(), console, new StopSignals(code -> {}))
        .run(all.toArray(String[]::new));
  }

  /** In the session of the other tests of this JVM. */
  private int inspectSaved(String... more) {
    List<String> args = new ArrayList<>(List.of("--model", model(), "--master", TestSpark.MASTER));
    args.addAll(List.of(more));
    return inspect(args.toArray(String[]::new));
  }

  private String model() {
    return directory.resolve("my model").toString();
  }

  private void save(PipelineStage... stages) throws IOException {
    SparkSession spark = TestSpark.session();
    new Pipeline()
        .setStages(stages)
        .fit(
            spark.sql(
                "SELECT * FROM VALUES (1.0D, 'red', 'yes'), (2.0D, 'blue', 'no')"
                    + " AS t(`size $`, colour, answer)"))
        .save(model());
  }

  private static StringIndexer indexer(String column) {
    return new StringIndexer()
        .setInputCol(column)
        .setOutputCol(column + "_index")
        .setStringOrderType("alphabetAsc");
  }

  @Test
  void aModelIsShownWithWhatItNeedsAndSays() throws IOException {
    save(
        indexer("colour"),
        indexer("answer"),
        new VectorAssembler()
            .setInputCols(new String[] {"size $", "colour_index"})
            .setOutputCol("features"),
        new LogisticRegression().setLabelCol("answer_index").setMaxIter(1));
    int code = inspectSaved();
    assertThat(err.toString()).isEmpty();
    assertThat(code).isZero();
    assertThat(out.toString())
        .isEqualTo(
            """
            Stages:
              1  StringIndexerModel       colour -> colour_index
              2  StringIndexerModel       answer -> answer_index
              3  VectorAssembler          size $, colour_index -> features
              4  LogisticRegressionModel  features -> prediction, probability, rawPrediction

            Needs, found in the model's stages:
              colour STRING
              `size $` DOUBLE

            Adds:
              colour_index DOUBLE
              features VECTOR
              prediction DOUBLE
              rawPrediction VECTOR
              probability VECTOR

            Replies:
              answer, probability

            Sample body:
              {"colour":"blue","size $":1}

            Serve:
              sparkwire serve --model '%s' --schema "colour STRING,\\`size \\$\\` DOUBLE"

            Ask:
              curl -H 'Content-Type: application/json' --data-binary '{"colour":"blue","size $":1}' 'http://127.0.0.1:8888/my_model'

            """
                .formatted(model()));
    isShownWithTheTypesOfTrainingData();
  }

  private void isShownWithTheTypesOfTrainingData() throws IOException {
    Path data = Files.writeString(directory.resolve("data.csv"), "size $,colour\n1,red\n2,blue\n");
    inspectSaved("--schema-from", data.toString());
    assertThat(err.toString()).isEmpty();
    assertThat(out.toString())
        .contains("Needs, found in " + data + ":\n  colour STRING\n  `size $` INT\n");
  }

  @Test
  void aColumnOfUnknownTypeIsNamedAfterTheStages() throws IOException {
    save(new SQLTransformer().setStatement("SELECT *, upper(colour) AS shout FROM __THIS__"));
    assertThat(inspectSaved()).isEqualTo(FAILED);
    assertThat(out.toString())
        .isEqualTo(
            "Stages:\n  1  SQLTransformer  SELECT *, upper(colour) AS shout FROM __THIS__ -> \n\n");
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: the type of column 'colour' cannot be known: it is read by stage 1")
        .endsWith("give --schema, or --schema-from with training data");
  }

  @Test
  void aStageThatIsNotAllowedIsNamedBeforeItRuns() throws IOException {
    save(
        new SQLTransformer()
            .setStatement("SELECT reflect('java.util.UUID', 'randomUUID') FROM __THIS__"));
    assertThat(inspectSaved("--allow-stage", "org.apache.spark.ml.Pipeline*,com.acme.**"))
        .isEqualTo(FAILED);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: stage 1 of 1 in '" + model() + "/stages/0_")
        .contains(" (org.apache.spark.ml.feature.SQLTransformer, uid ", "'allow-stage'")
        .endsWith(
            "--allow-stage 'org.apache.spark.ml.Pipeline*,com.acme.**,"
                + "org.apache.spark.ml.feature.SQLTransformer'");
  }

  @Test
  void aStatementThatIsNotAllowedIsNamedBeforeItRuns() throws IOException {
    save(
        new SQLTransformer()
            .setStatement("SELECT reflect('java.util.UUID', 'randomUUID') FROM __THIS__"));
    assertThat(inspectSaved()).isEqualTo(FAILED);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().lines())
        .singleElement()
        .asString()
        .startsWith("sparkwire: '" + model() + "/stages/0_")
        .contains("has a statement that calls reflect; if you trust its author, allow all");
  }

  @Test
  void nothingToInspect() {
    assertThat(inspect()).isEqualTo(USAGE);
    assertThat(err.toString().lines())
        .containsExactly(
            "sparkwire: nothing to inspect: give --model or --onnx; see 'sparkwire inspect --help'");
  }

  @Test
  void aModelThatIsNotThere() {
    assertThat(inspect("--model", "no/such/model")).isEqualTo(FAILED);
    assertThat(err.toString().lines())
        .containsExactly(
            "sparkwire: there is no directory 'no/such/model' to load a model from; check --model");
  }
}
