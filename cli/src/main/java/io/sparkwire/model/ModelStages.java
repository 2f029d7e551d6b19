package io.sparkwire.model;

import io.sparkwire.spark.ModelInput;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.RFormulaModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The stages of a model, one after the other, with those that a formula consists of.
 *
 * <p>Immutable. Runs on: driver.
 */
record ModelStages(SparkSession spark, List<Transformer> stages) {

  static ModelStages of(SparkSession spark, Transformer model) {
    return new ModelStages(spark, flat(model).toList());
  }

  /** The stages themselves, without a session. */
  static Stream<Transformer> flat(Transformer model) {
    return ModelInput.stages(model).stream()
        .flatMap(
            stage ->
                stage instanceof RFormulaModel formula
                    ? flat(formula.pipelineModel())
                    : Stream.of(stage));
  }

  int size() {
    return stages.size();
  }

  Transformer get(int stage) {
    return stages.get(stage);
  }

  /** Names a stage, for people. */
  String place(int stage) {
    Transformer named = stages.get(stage);
    return "stage %d of %d, %s (%s)"
        .formatted(stage + 1, stages.size(), named.getClass().getSimpleName(), named.uid());
  }

  /** The columns after a stage, with what Spark knows of them when it plans. */
  StructType after(int stage, StructType columns) {
    StructType promised = stages.get(stage).transformSchema(columns);
    try {
      return planned(stage, columns);
    } catch (NoSuchElementException | NullPointerException e) {
      return promised; // it would read the size of a vector from a first row
    }
  }

  /** The same, of a stage that promises its columns but cannot be planned without rows. */
  StructType afterIfPromised(int stage, StructType columns) {
    StructType promised = stages.get(stage).transformSchema(columns);
    try {
      return planned(stage, columns);
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      return promised;
    }
  }

  private StructType planned(int stage, StructType columns) {
    return intact(stages.get(stage)).transform(spark.createDataFrame(List.of(), columns)).schema();
  }

  /** An indexer that misses an input forgets, in the array of its params, the output as well. */
  private static Transformer intact(Transformer stage) {
    if (stage instanceof StringIndexerModel indexer && indexer.isSet(indexer.outputCols())) {
      return indexer.copy(ParamMap.empty()).setOutputCols(indexer.getOutputCols().clone());
    }
    return stage;
  }

  /** The columns after all stages. */
  StructType afterAll(StructType columns) {
    StructType at = columns;
    for (int i = 0; i < stages.size(); i++) {
      at = after(i, at);
    }
    return at;
  }

  static Set<String> names(StructType columns) {
    return Set.copyOf(Arrays.asList(columns.fieldNames()));
  }

  static StructType without(StructType columns, String name) {
    return new StructType(
        Arrays.stream(columns.fields())
            .filter(field -> !field.name().equals(name))
            .toArray(StructField[]::new));
  }
}
