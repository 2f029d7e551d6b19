package io.sparkwire.model;

import io.sparkwire.spark.ModelInput;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a request to a model, found in the model and beside it. Immutable.
 *
 * @param source where they were found, for people
 * @param notes what a user should know of some of them
 */
public record ModelSchema(StructType columns, String source, List<String> notes) {

  /**
   * The columns that MLflow's signature names; if there is none, those that the model needs, with
   * the types that training data have, or that the stages accept.
   *
   * @param data null if there are none
   * @param wanted whether reply or SQL name a column
   * @throws IllegalStateException if a type cannot be known; names the column and the stage
   */
  public static ModelSchema of(
      SparkSession spark,
      ModelSource source,
      Transformer model,
      TrainingData data,
      Predicate<String> wanted) {
    Optional<StructType> signature = source.signature(spark);
    if (signature.isPresent()) {
      StructType columns = fitted(signature.get(), model);
      return new ModelSchema(columns, "the signature in MLmodel", List.of());
    }
    return needed(ModelStages.of(spark, model), data, wanted);
  }

  private static ModelSchema needed(
      ModelStages stages, TrainingData data, Predicate<String> wanted) {
    StructType trained = data == null ? new StructType() : data.columns(stages.spark());
    ColumnTypes types = new ColumnTypes(stages, trained);
    NeededColumns search = new NeededColumns(stages, types);
    List<RequestColumn> needed = search.find(wanted);
    List<String> notes = needed.stream().flatMap(column -> column.note().stream()).toList();
    Stream<StructField> fields = needed.stream().map(RequestColumn::field);
    if (data == null) {
      return new ModelSchema(fields(fields), "the model's stages", notes);
    }
    for (RequestColumn column : needed) {
      types.checkInTrainingData(column);
    }
    Set<String> known = ModelStages.names(search.result());
    Stream<StructField> passed =
        Stream.of(trained.fields())
            .filter(field -> wanted.test(field.name()) && !known.contains(field.name()));
    return new ModelSchema(fields(Stream.concat(fields, passed)), data.path(), notes);
  }

  /** With vectors in place of arrays that a stage reads as such, and sizes that it knows. */
  private static StructType fitted(StructType signature, Transformer model) {
    List<Transformer> stages = ModelStages.flat(model).toList();
    return fields(
        Stream.of(ModelInput.fitted(model, signature).fields())
            .map(
                field ->
                    new StructField(
                        field.name(),
                        VectorSizes.sized(
                            field.dataType(),
                            stages.stream()
                                .filter(stage -> StageColumns.read(stage).contains(field.name()))),
                        field.nullable(),
                        field.metadata())));
  }

  private static StructType fields(Stream<StructField> fields) {
    return new StructType(fields.toArray(StructField[]::new));
  }

  /** All columns of training data, for a query without a model. */
  public static ModelSchema of(SparkSession spark, TrainingData data) {
    return new ModelSchema(data.columns(spark), data.path(), List.of());
  }
}
