package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.ArraySizes;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.catalyst.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.TrainValidationSplitModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What a model makes of the columns before it: where it wants an ML vector, an array of numbers
 * will do.
 *
 * <p>A stage says by {@code transformSchema} that it cannot work on an array; if it can on a
 * vector, then that is what it gets. Runs on: driver. Stateless.
 */
public final class ModelInput {

  private ModelInput() {}

  /**
   * The stages of a model, those of pipelines within it too; a search for params has those of its
   * best model.
   */
  public static List<Transformer> stages(Transformer model) {
    if (model instanceof PipelineModel pipeline) {
      return Arrays.stream(pipeline.stages()).flatMap(stage -> stages(stage).stream()).toList();
    }
    if (model instanceof CrossValidatorModel search) {
      return stages(search.bestModel());
    }
    return model instanceof TrainValidationSplitModel search
        ? stages(search.bestModel())
        : List.of(model);
  }

  /**
   * The columns with a vector in place of each array that the model wants as one; as they are, if
   * that is none, or if the model does not fit them either way.
   */
  public static StructType fitted(Transformer model, StructType columns) {
    StructType fitted = columns;
    for (int tries = 0; tries <= columns.size(); tries++) {
      Transformer unfit = unfitStage(stages(model), fitted);
      if (unfit == null) {
        return fitted;
      }
      StructType next = withVectorsFor(unfit, fitted);
      if (next.equals(fitted)) {
        return columns;
      }
      fitted = next;
    }
    return columns;
  }

  /** The rows with a vector in place of each array that the model wants as one. */
  static Dataset<Row> fitted(Transformer model, Dataset<Row> rows) {
    StructType given = rows.schema();
    StructType wanted = fitted(model, given);
    Dataset<Row> fitted = rows;
    for (int i = 0; i < given.size(); i++) {
      StructField field = given.fields()[i];
      if (!wanted.fields()[i].dataType().equals(field.dataType())) {
        fitted = withVector(fitted, field, rows.col("`" + field.name() + "`"));
      }
    }
    return fitted;
  }

  /** With a vector in place of an array, whose size stages find in the metadata, if it has one. */
  private static Dataset<Row> withVector(Dataset<Row> rows, StructField field, Column array) {
    Dataset<Row> with = rows.withColumn(field.name(), toVector(array));
    OptionalInt size = ArraySizes.of(field);
    return size.isEmpty()
        ? with
        : with.withMetadata(
            field.name(), new AttributeGroup(field.name(), size.getAsInt()).toMetadata());
  }

  private static Column toVector(Column array) {
    Column doubles = array.cast(DataTypes.createArrayType(DataTypes.DoubleType));
    return Invocations.pure(new VectorValues(), "toVector", SQLDataTypes.VectorType(), doubles);
  }

  /** The first stage that cannot work on what it gets; null if there is none. */
  private static Transformer unfitStage(List<Transformer> stages, StructType columns) {
    StructType schema = columns;
    for (Transformer stage : stages) {
      try {
        schema = stage.transformSchema(schema);
      } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
        return stage;
      }
    }
    return null;
  }

  private static StructType withVectorsFor(Transformer stage, StructType columns) {
    List<String> read = columnsOf(stage);
    StructField[] fields =
        Arrays.stream(columns.fields())
            .map(field -> read.contains(field.name()) ? asVector(field) : field)
            .toArray(StructField[]::new);
    return new StructType(fields);
  }

  private static StructField asVector(StructField field) {
    boolean isArray =
        field.dataType() instanceof ArrayType array && array.elementType() instanceof NumericType;
    OptionalInt size = ArraySizes.of(field);
    DataType vector = size.isPresent() ? Ddl.vector(size.getAsInt()) : SQLDataTypes.VectorType();
    DataType type = isArray ? vector : field.dataType();
    return new StructField(field.name(), type, field.nullable(), field.metadata());
  }

  /** The names of columns among the params of a stage. */
  private static List<String> columnsOf(Transformer stage) {
    List<String> names = new ArrayList<>();
    for (Param<?> param : stage.params()) {
      if (param.name().matches(".*Cols?") && stage.isDefined(param)) {
        Object value = stage.getOrDefault(param);
        names.addAll(value instanceof String[] several ? List.of(several) : List.of("" + value));
      }
    }
    return names;
  }
}
