package io.sparkwire.model;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The types of a request's columns: those of the training data if there are any, otherwise those on
 * which all stages that read a column agree.
 *
 * <p>Runs on: driver. Not thread-safe.
 */
final class ColumnTypes {

  private static final String NUMBER = "[-+]?[0-9.]+([eE][-+]?[0-9]+)?";

  private final ModelStages stages;
  private final StructType trainingData;
  private final List<AcceptedTypes> accepted;

  /**
   * @param trainingData its columns; empty if there are no such data
   */
  ColumnTypes(ModelStages stages, StructType trainingData) {
    this.stages = stages;
    this.trainingData = trainingData;
    this.accepted =
        stages.stages().stream().map(each -> AcceptedTypes.of(stages.spark(), each)).toList();
  }

  /**
   * The type of a column that a stage is the first to read.
   *
   * @throws IllegalStateException if it cannot be known; names the column and the stage
   */
  RequestColumn of(String name, int firstReader) {
    List<Integer> readers =
        IntStream.range(firstReader, stages.size())
            .filter(stage -> accepted.get(stage).reads(name))
            .boxed()
            .toList();
    Optional<DataType> trained = inTrainingData(name);
    DataType type =
        trained
            .filter(known -> readers.stream().allMatch(r -> accepted.get(r).accepts(name, known)))
            .or(() -> agreed(name, readers))
            .orElseThrow(() -> unknown(name, firstReader, readers));
    DataType sized = VectorSizes.sized(type, readers.stream().map(stages::get));
    return new RequestColumn(
        name,
        sized,
        stages.place(firstReader),
        trained.isPresent(),
        StageColumns.declared(stages.get(firstReader), name),
        trained.isPresent() ? change(name, trained.get(), type) : doubt(name, type, readers));
  }

  private Optional<DataType> inTrainingData(String name) {
    return Arrays.stream(trainingData.fields())
        .filter(field -> field.name().equals(name))
        .map(StructField::dataType)
        .findFirst();
  }

  private Optional<DataType> agreed(String name, List<Integer> readers) {
    Set<DataType> common = common(name, readers);
    return readers.stream()
        .flatMap(reader -> accepted.get(reader).usual().stream())
        .filter(common::contains)
        .findFirst()
        .or(() -> AcceptedTypes.preferred(common));
  }

  private Set<DataType> common(String name, List<Integer> readers) {
    Set<DataType> common = new LinkedHashSet<>();
    for (int i = 0; i < readers.size(); i++) {
      Set<DataType> types = accepted.get(readers.get(i)).of(name);
      if (i == 0) {
        common.addAll(types);
      } else {
        common.retainAll(types);
      }
    }
    return common;
  }

  private IllegalStateException unknown(String name, int firstReader, List<Integer> readers) {
    if (!trainingData.isEmpty() && inTrainingData(name).isEmpty()) {
      return missing(name, stages.place(firstReader));
    }
    Set<DataType> common = common(name, readers);
    String why =
        common.isEmpty()
            ? "and does not say which types it takes"
            : "which takes " + String.join(", ", common.stream().map(Ddl::text).toList());
    return new IllegalStateException(
        "the type of column '%s' cannot be known: it is read by %s, %s; give --schema, or --schema-from with training data"
            .formatted(name, stages.place(firstReader), why));
  }

  /**
   * @throws IllegalStateException if the training data lack a column that is needed
   */
  void checkInTrainingData(RequestColumn column) {
    if (!column.inTrainingData()) {
      throw missing(column.name(), column.reader());
    }
  }

  private IllegalStateException missing(String name, String reader) {
    return new IllegalStateException(
        "--schema-from has no column '%s', which is read by %s; its columns are %s"
            .formatted(name, reader, String.join(", ", trainingData.fieldNames())));
  }

  private static Optional<String> change(String name, DataType trained, DataType type) {
    return trained.equals(type)
        ? Optional.empty()
        : Optional.of(
            "column '%s' is %s in the training data, but the model takes %s"
                .formatted(name, Ddl.text(trained), Ddl.text(type)));
  }

  /** A text that is always a number may have been one, which labels do not show. */
  private Optional<String> doubt(String name, DataType type, List<Integer> readers) {
    return type.equals(DataTypes.StringType)
            && readers.stream().anyMatch(reader -> hasOnlyNumbers(reader, name))
        ? Optional.of(
            "all labels of column '%s' are numbers: if it was one in training, change its type"
                .formatted(name))
        : Optional.empty();
  }

  private boolean hasOnlyNumbers(int reader, String column) {
    return stages.get(reader) instanceof StringIndexerModel indexer
        && Arrays.stream(Labels.of(indexer, column)).allMatch(label -> label.matches(NUMBER));
  }

  /** Whether all readers of a column, which is a number, would take a vector as well. */
  boolean couldBeVector(String name) {
    List<AcceptedTypes> readers = accepted.stream().filter(stage -> stage.reads(name)).toList();
    return !readers.isEmpty()
        && readers.stream().allMatch(r -> r.accepts(name, SQLDataTypes.VectorType()));
  }
}
