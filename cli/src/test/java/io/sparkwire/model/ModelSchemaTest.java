package io.sparkwire.model;

import static io.sparkwire.model.TrainedModels.assembler;
import static io.sparkwire.model.TrainedModels.regression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.catalyst.Ddl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.NaiveBayes;
import org.apache.spark.ml.classification.RandomForestClassifier;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.ml.clustering.LDA;
import org.apache.spark.ml.feature.Binarizer;
import org.apache.spark.ml.feature.Bucketizer;
import org.apache.spark.ml.feature.CountVectorizer;
import org.apache.spark.ml.feature.FeatureHasher;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.Interaction;
import org.apache.spark.ml.feature.NGram;
import org.apache.spark.ml.feature.Normalizer;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.PCA;
import org.apache.spark.ml.feature.RFormula;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.SQLTransformer;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StopWordsRemover;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.fpm.FPGrowth;
import org.apache.spark.ml.recommendation.ALS;
import org.apache.spark.ml.regression.GeneralizedLinearRegression;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found in the stages of saved pipelines, and in training data. */
class ModelSchemaTest {

  @TempDir Path directory;

  private ModelSchema found(PipelineStage... stages) {
    return TrainedModels.schema(new TrainedModels(directory).save(stages), null);
  }

  private String needs(PipelineStage... stages) {
    return Ddl.text(found(stages).columns());
  }

  private void refused(String message, PipelineStage... stages) {
    assertThatThrownBy(() -> found(stages))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching(message);
  }

  @Test
  void numbersGoIntoAnAssembler() {
    assertThat(needs(assembler("x", "y"), regression())).isEqualTo("x DOUBLE,y DOUBLE");
  }

  @Test
  void categoriesAreTexts() {
    assertThat(
            needs(
                new StringIndexer().setInputCol("colour").setOutputCol("index"),
                new OneHotEncoder().setInputCol("index").setOutputCol("hot"),
                assembler("x", "hot"),
                new RandomForestClassifier().setNumTrees(1).setMaxDepth(1)))
        .isEqualTo("colour STRING,x DOUBLE");
  }

  @Test
  void aLabelIsForTraining() {
    assertThat(
            needs(
                new StringIndexer().setInputCol("species").setOutputCol("class"),
                assembler("x"),
                regression().setLabelCol("class"),
                new IndexToString()
                    .setInputCol("prediction")
                    .setOutputCol("word")
                    .setLabels(new String[] {"Adelie", "Gentoo"})))
        .isEqualTo("x DOUBLE");
  }

  @Test
  void aLabelMayShareAnIndexerWithWhatIsNeeded() {
    ModelLocation location =
        new TrainedModels(directory)
            .save(
                new StringIndexer()
                    .setInputCols(new String[] {"species", "colour"})
                    .setOutputCols(new String[] {"class", "index"}),
                assembler("x", "index"),
                regression().setLabelCol("class"));
    Transformer model = location.load(TrainedModels.spark(), AllowedStages.DEFAULT);
    ModelSchema schema =
        ModelSchema.of(TrainedModels.spark(), location, model, null, name -> false);
    assertThat(Ddl.text(schema.columns())).isEqualTo("colour STRING,x DOUBLE");
    assertThat(ModelReply.of(model, List.of("prediction", "probability")).columns())
        .containsExactly("species", "probability"); // so the model is as it was
  }

  @Test
  void anIndexerThatIsTheModelNeedsItsColumn() {
    assertThat(needs(new StringIndexer().setInputCol("species").setOutputCol("class")))
        .isEqualTo("species STRING");
  }

  @Test
  void aColumnThatTheReplyNamesIsNeeded() {
    ModelLocation location =
        new TrainedModels(directory)
            .save(
                new StringIndexer().setInputCol("species").setOutputCol("class"),
                assembler("x"),
                regression().setLabelCol("class"));
    Transformer model = location.load(TrainedModels.spark(), AllowedStages.DEFAULT);
    assertThat(
            Ddl.text(
                ModelSchema.of(
                        TrainedModels.spark(), location, model, null, name -> name.equals("class"))
                    .columns()))
        .isEqualTo("species STRING,x DOUBLE");
  }

  @Test
  void wordsComeFromText() {
    assertThat(
            needs(
                new Tokenizer().setInputCol("text").setOutputCol("all"),
                new StopWordsRemover().setInputCol("all").setOutputCol("some"),
                new HashingTF().setNumFeatures(8).setInputCol("some").setOutputCol("counts"),
                new IDF().setInputCol("counts").setOutputCol("features"),
                new NaiveBayes()))
        .isEqualTo("text STRING");
    assertThat(
            needs(
                new RegexTokenizer().setInputCol("text").setOutputCol("all"),
                new NGram().setInputCol("all").setOutputCol("pairs")))
        .isEqualTo("text STRING");
  }

  @Test
  void listsOfWordsAreArrays() {
    assertThat(
            needs(
                new CountVectorizer().setInputCol("words").setOutputCol("features"),
                new LDA().setK(2).setMaxIter(1)))
        .isEqualTo("words ARRAY<STRING>");
    assertThat(needs(new HashingTF().setInputCol("words").setOutputCol("features")))
        .isEqualTo("words ARRAY<STRING>");
    assertThat(
            needs(
                new Word2Vec()
                    .setInputCol("words")
                    .setOutputCol("vector")
                    .setMinCount(1)
                    .setVectorSize(2)))
        .isEqualTo("words ARRAY<STRING>");
  }

  @Test
  void aVectorHasTheSizeThatItsReaderHasLearned() {
    assertThat(needs(regression().setFeaturesCol("point"))).isEqualTo("point VECTOR(2)");
    assertThat(needs(new KMeans().setK(2).setMaxIter(1).setFeaturesCol("point")))
        .isEqualTo("point VECTOR(2)");
    assertThat(
            needs(
                new StandardScaler().setInputCol("point").setOutputCol("scaled"),
                new PCA().setK(1).setInputCol("scaled").setOutputCol("main")))
        .isEqualTo("point VECTOR(2)");
    assertThat(needs(new Normalizer().setInputCol("point").setOutputCol("norm")))
        .isEqualTo("point VECTOR");
  }

  @Test
  void idsOfRecommendationsAreWholeNumbers() {
    assertThat(needs(new ALS().setUserCol("user").setItemCol("item").setRank(1).setMaxIter(1)))
        .isEqualTo("item INT,user INT");
  }

  @Test
  void itemsOfBasketsHaveTheTypeThatWasLearned() {
    assertThat(needs(new FPGrowth().setItemsCol("words").setMinSupport(0.9)))
        .isEqualTo("words ARRAY<STRING>");
  }

  @Test
  void stagesOfNumbersTakeDoubles() {
    assertThat(
            needs(
                new Imputer()
                    .setInputCols(new String[] {"x"})
                    .setOutputCols(new String[] {"filled"}),
                new Bucketizer()
                    .setInputCol("y")
                    .setOutputCol("bucket")
                    .setSplits(new double[] {-1, 2, 9}),
                new Binarizer().setInputCol("label").setOutputCol("high"),
                assembler("filled", "bucket", "high")))
        .isEqualTo("x DOUBLE,y DOUBLE,label DOUBLE");
    assertThat(
            needs(
                new OneHotEncoder().setInputCol("user").setOutputCol("hot"),
                new Interaction().setInputCols(new String[] {"hot", "y"}).setOutputCol("features")))
        .isEqualTo("user DOUBLE,y DOUBLE");
  }

  @Test
  void aFormulaNeedsItsTerms() {
    assertThat(
            needs(
                new RFormula().setFormula("species ~ x + colour + colour:y").setLabelCol("class"),
                regression().setLabelCol("class")))
        .isEqualTo("colour STRING,y DOUBLE,x DOUBLE");
  }

  @Test
  void columnsOfOneStageMayDiffer() {
    assertThat(
            needs(
                new GeneralizedLinearRegression()
                    .setFeaturesCol("point")
                    .setOffsetCol("x")
                    .setMaxIter(1)))
        .isEqualTo("point VECTOR(2),x DOUBLE");
  }

  @Test
  void aQueryHasTheTypesOfLaterStages() {
    assertThat(
            needs(
                new SQLTransformer().setStatement("SELECT *, x * y AS area FROM __THIS__"),
                assembler("x", "y", "area")))
        .isEqualTo("x DOUBLE,y DOUBLE");
  }

  @Test
  void aColumnOfAQueryAloneIsNotKnown() {
    refused(
        "the type of column 'colour' cannot be known: it is read by stage 1 of 2, SQLTransformer"
            + " \\(sql_\\w+\\), and does not say which types it takes; give --schema, or"
            + " --schema-from with training data",
        new SQLTransformer().setStatement("SELECT *, upper(colour) AS shout FROM __THIS__"),
        assembler("x"));
  }

  @Test
  void whatIsComputedDifferentlyForEachTypeIsNotKnown() {
    refused(
        "the type of column 'x' cannot be known: it is read by stage 1 of 1, FeatureHasher"
            + " \\(\\w+\\), which takes DOUBLE, STRING, .*; give --schema, .*",
        new FeatureHasher().setInputCols(new String[] {"x", "colour"}).setOutputCol("features"));
  }

  @Test
  void aVectorAmongTheNumbersOfAnAssemblerIsMissed() {
    refused(
        "stage 2 of 2, LogisticRegressionModel \\(\\w+\\) wants vectors of 3 values, but column"
            + " 'features' would have 2, so the types of columns cannot be known: one of x, point"
            + " was a vector or missing in training; give --schema",
        assembler("x", "point"),
        regression());
  }

  @Test
  void labelsThatAreNumbersLeaveADoubt() {
    ModelSchema schema =
        found(new StringIndexer().setInputCol("year").setOutputCol("index"), assembler("index"));
    assertThat(Ddl.text(schema.columns())).isEqualTo("year STRING");
    assertThat(schema.notes())
        .containsExactly(
            "all labels of column 'year' are numbers: if it was one in training, change its type");
  }

  @Test
  void aLabelThatIsANumberLeavesNoDoubt() {
    ModelSchema schema =
        found(
            new StringIndexer().setInputCol("label").setOutputCol("class"),
            assembler("x"),
            regression().setLabelCol("class"));
    assertThat(Ddl.text(schema.columns())).isEqualTo("x DOUBLE");
    assertThat(schema.notes()).isEmpty();
  }

  @Test
  void whatIsIndexedAndANumberIsANumber() {
    ModelSchema schema =
        found(
            new StringIndexer().setInputCol("year").setOutputCol("index"),
            assembler("index", "year"));
    assertThat(Ddl.text(schema.columns())).isEqualTo("year DOUBLE");
    assertThat(schema.notes()).isEmpty();
  }

  /** The columns that a model needs if its training data are saved in a format. */
  private String trained(String format, ModelLocation model) {
    String file = directory.resolve("rows." + format).toString();
    var rows = TrainedModels.rows().select("label", "year", "x", "colour", "words", "point");
    if (format.equals("csv")) {
      rows.drop("words", "point").write().option("header", true).csv(file);
    } else {
      rows.write().format(format).save(file);
    }
    return Ddl.text(TrainedModels.schema(model, new TrainingData(file)).columns());
  }

  @Test
  void typesAreThoseOfTrainingData() {
    ModelLocation model =
        new TrainedModels(directory)
            .save(
                new SQLTransformer()
                    .setStatement(
                        "SELECT *, year * x AS age, upper(colour) AS shout FROM __THIS__"),
                new StringIndexer().setInputCol("shout").setOutputCol("index"),
                assembler("age", "index"));
    assertThat(trained("parquet", model)).isEqualTo("year INT,x DOUBLE,colour STRING");
    assertThat(trained("csv", model)).isEqualTo("year INT,x DOUBLE,colour STRING");
    assertThat(trained("json", model)).isEqualTo("year BIGINT,x DOUBLE,colour STRING");
  }

  @Test
  void trainingDataOfParquetHaveVectors() {
    ModelLocation model = new TrainedModels(directory).save(regression().setFeaturesCol("point"));
    assertThat(trained("parquet", model)).isEqualTo("point VECTOR(2)");
  }

  @Test
  void aTextOfTrainingDataThatTheModelTakesAsANumberIsOne() throws IOException {
    ModelLocation location = new TrainedModels(directory).save(assembler("x", "y"), regression());
    Path file = Files.writeString(directory.resolve("rows.csv"), "x,y,label\n1.5,NA,0\nNA,2,1\n");
    ModelSchema schema = TrainedModels.schema(location, new TrainingData(file.toString()));
    assertThat(Ddl.text(schema.columns())).isEqualTo("x DOUBLE,y DOUBLE");
    assertThat(schema.notes())
        .first()
        .isEqualTo("column 'x' is STRING in the training data, but the model takes DOUBLE");
  }

  @Test
  void aListOfNumbersOfTrainingDataIsAVectorIfTheModelTakesOne() throws IOException {
    ModelLocation location =
        new TrainedModels(directory).save(regression().setFeaturesCol("point"));
    Path file =
        Files.writeString(
            directory.resolve("rows.json"), "[{\"point\": [1, 2]},\n {\"point\": [3, 4]}]");
    assertThat(
            Ddl.text(TrainedModels.schema(location, new TrainingData(file.toString())).columns()))
        .isEqualTo("point VECTOR(2)");
  }

  @Test
  void aColumnThatTrainingDataLackIsNamed() throws IOException {
    ModelLocation location = new TrainedModels(directory).save(assembler("x", "y"), regression());
    Path file = Files.writeString(directory.resolve("rows.csv"), "x,label\n1,0\n");
    assertThatThrownBy(() -> TrainedModels.schema(location, new TrainingData(file.toString())))
        .hasMessageMatching(
            "--schema-from has no column 'y', which is read by stage 1 of 2, VectorAssembler"
                + " \\(\\w+\\); its columns are x, label");
  }

  @Test
  void aFileOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> new TrainingData("rows.xlsx"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "option 'schema-from' must be a file or directory whose name ends with .parquet, .json,"
                + " .jsonl, .ndjson or .csv, got 'rows.xlsx'");
  }
}
