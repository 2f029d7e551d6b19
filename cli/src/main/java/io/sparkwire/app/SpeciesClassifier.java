package io.sparkwire.app;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.Imputer;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.OneHotEncoder;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The demo's model: it predicts a penguin's species from its measures, island and sex.
 *
 * <p>Missing numbers become the median, a missing or unknown text a category of its own. The names
 * of the species are learned separately, so the model needs only {@link Penguins#COLUMNS}.
 * Immutable. Runs on: driver.
 *
 * @param heldOut how many penguins it was tested on
 * @param correct how many of those it classified correctly
 */
record SpeciesClassifier(PipelineModel model, long heldOut, long correct) {

  /** The column of the predicted species, by name. */
  static final String SPECIES = "species";

  private static final String LABEL = "label";
  private static final String FEATURES = "features";
  private static final String[] NUMBERS = {
    "bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"
  };
  private static final String[] FILLED = {
    "filled_bill_length", "filled_bill_depth", "filled_flipper_length", "filled_body_mass"
  };
  private static final String[] TEXTS = {"island", "sex"};
  private static final String[] INDEXED = {"island_index", "sex_index"};
  private static final String[] ENCODED = {"island_vector", "sex_vector"};
  private static final double REGULARISATION = 0.01;

  /** Learns from most of the penguins, and tests on the others. */
  static SpeciesClassifier train(SparkSession spark, Penguins penguins) {
    Dataset<Row> training = penguins.training().dataset(spark).cache();
    StringIndexerModel species =
        new StringIndexer()
            .setInputCol(Penguins.KNOWN_SPECIES)
            .setOutputCol(LABEL)
            .setStringOrderType("alphabetAsc")
            .fit(training);
    PipelineModel model =
        new Pipeline().setStages(stages(species.labelsArray()[0])).fit(species.transform(training));
    training.unpersist();
    List<Row> tested =
        model
            .transform(penguins.heldOut().dataset(spark))
            .select(SPECIES, Penguins.KNOWN_SPECIES)
            .collectAsList();
    long correct = tested.stream().filter(row -> row.get(0).equals(row.get(1))).count();
    return new SpeciesClassifier(model, tested.size(), correct);
  }

  private static PipelineStage[] stages(String[] species) {
    return new PipelineStage[] {
      new Imputer().setStrategy("median").setInputCols(NUMBERS).setOutputCols(FILLED),
      new StringIndexer().setHandleInvalid("keep").setInputCols(TEXTS).setOutputCols(INDEXED),
      new OneHotEncoder().setInputCols(INDEXED).setOutputCols(ENCODED),
      new VectorAssembler().setInputCols(inputs()).setOutputCol(FEATURES),
      new LogisticRegression()
          .setFeaturesCol(FEATURES)
          .setLabelCol(LABEL)
          .setRegParam(REGULARISATION),
      new IndexToString().setInputCol("prediction").setOutputCol(SPECIES).setLabels(species),
    };
  }

  private static String[] inputs() {
    return Stream.of(FILLED, ENCODED).flatMap(Arrays::stream).toArray(String[]::new);
  }

  /** For people: how often it is right. */
  String accuracy() {
    return "right for %d of %d penguins that it had not seen (%.1f %%)"
        .formatted(correct, heldOut, 100.0 * correct / heldOut);
  }
}
