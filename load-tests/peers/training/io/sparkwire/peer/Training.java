package io.sparkwire.peer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.GBTClassifier;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The pipelines that are compared, trained with whichever Spark runs this.
 *
 * <p>It is compiled once for each Spark, because one cannot be sure to read what another saved.
 * Runs on: driver.
 */
final class Training {
  private static final String PENGUIN =
      "known_species STRING, island STRING, bill_length_mm DOUBLE, bill_depth_mm DOUBLE,"
          + " flipper_length_mm DOUBLE, body_mass_g DOUBLE, sex STRING";
  private static final String FEATURES = "features";
  private static final String LABEL = "label";
  private static final String[] NUMBERS = {
    "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"
  };
  private static final String[] FILLED = {"bill_length", "bill_depth", "flipper", "mass"};
  private static final String[] TEXTS = {"island", "sex"};
  private static final String[] INDEXED = {"island_index", "sex_index"};
  private static final String[] ENCODED = {"island_vector", "sex_vector"};

  private static final String[] ONE_SUBJECT = {"spark", "executor", "stream", "partition", "join"};
  private static final String[] OTHER_SUBJECT = {"penguin", "island", "egg", "feather", "ice"};
  private static final int TEXT_COUNT = 200;
  private static final int WORDS = 4;
  private static final int HASHES = 1 << 16;
  private static final long SEED = 2020;

  private final SparkSession spark;

  Training(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * The demo's pipeline: which species a penguin is.
   *
   * @param lines CSV without its head
   */
  PipelineModel species(List<String> lines) {
    Dataset<Row> penguins = penguins(lines);
    StringIndexerModel species =
        new StringIndexer().setInputCol("known_species").setOutputCol(LABEL).fit(penguins);
    PipelineStage[] classifier = {
      new LogisticRegression().setFeaturesCol(FEATURES).setLabelCol(LABEL).setRegParam(0.01),
      new IndexToString()
          .setInputCol("prediction")
          .setOutputCol("species")
          .setLabels(species.labelsArray()[0])
    };
    return fit(species.transform(penguins), classifier);
  }

  /** Gradient-boosted trees on the same features: whether a penguin is an Adelie. */
  PipelineModel trees(List<String> lines) {
    Dataset<Row> penguins =
        penguins(lines).selectExpr("*", "double(known_species = 'Adelie') AS label");
    return fit(penguins, new GBTClassifier().setFeaturesCol(FEATURES).setLabelCol(LABEL));
  }

  private static PipelineModel fit(Dataset<Row> data, PipelineStage... classifier) {
    PipelineStage[] features = {
      new Imputer().setStrategy("median").setInputCols(NUMBERS).setOutputCols(FILLED),
      new StringIndexer().setHandleInvalid("keep").setInputCols(TEXTS).setOutputCols(INDEXED),
      new OneHotEncoder().setInputCols(INDEXED).setOutputCols(ENCODED),
      new VectorAssembler()
          .setInputCols(Stream.of(FILLED, ENCODED).flatMap(Arrays::stream).toArray(String[]::new))
          .setOutputCol(FEATURES)
    };
    PipelineStage[] stages =
        Stream.of(features, classifier).flatMap(Arrays::stream).toArray(PipelineStage[]::new);
    return new Pipeline().setStages(stages).fit(data);
  }

  private Dataset<Row> penguins(List<String> lines) {
    return spark
        .read()
        .schema(PENGUIN)
        .csv(spark.createDataset(lines, Encoders.STRING()).coalesce(1))
        .cache();
  }

  /** Tokenizer, hashed term frequencies and logistic regression: which subject a text is about. */
  PipelineModel text() {
    Random random = new Random(SEED);
    List<Row> texts = new ArrayList<>();
    for (int i = 0; i < TEXT_COUNT; i++) {
      texts.add(text(i % 2 == 0, random));
    }
    Dataset<Row> data =
        spark.createDataFrame(texts, StructType.fromDDL("text STRING, label DOUBLE")).coalesce(1);
    PipelineStage[] stages = {
      new Tokenizer().setInputCol("text").setOutputCol("words"),
      new HashingTF().setInputCol("words").setOutputCol(FEATURES).setNumFeatures(HASHES),
      new LogisticRegression().setFeaturesCol(FEATURES).setLabelCol(LABEL).setRegParam(0.001)
    };
    return new Pipeline().setStages(stages).fit(data);
  }

  private static Row text(boolean first, Random random) {
    String[] subject = first ? ONE_SUBJECT : OTHER_SUBJECT;
    StringBuilder text = new StringBuilder("the ");
    for (int i = 0; i < WORDS; i++) {
      text.append(subject[random.nextInt(subject.length)]).append(" and a ");
    }
    return RowFactory.create(text.append("table").toString(), first ? 1.0 : 0.0);
  }
}
