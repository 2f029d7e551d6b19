package io.sparkwire.spark;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.sparkwire.log.FirstLine;
import io.sparkwire.spark.catalyst.ArraySizes;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;

/**
 * A model applied to a stream, stage by stage, where stages ask for the sizes of vectors.
 *
 * <p>{@code VectorAssembler} and its like read a first row if the metadata of a column do not say
 * how long its vectors are, and a stream has no first row when it is planned. One made-up row goes
 * through the same stages beside it, and what its vectors show is written into the stream's
 * metadata. Runs on: driver. Not thread-safe.
 */
final class ModelOnStream {

  private final List<Transformer> stages;
  private Dataset<Row> stream;
  private Dataset<Row> sample;

  private ModelOnStream(Transformer model, Dataset<Row> stream) {
    this.stages = ModelInput.stages(model);
    this.stream = stream;
    this.sample = sample(stream, KnownLabels.of(model));
  }

  /**
   * The stream's rows with the model's columns.
   *
   * @throws IllegalArgumentException if a stage cannot work on a stream; names it
   */
  static Dataset<Row> transform(Transformer model, Dataset<Row> rows) {
    try {
      return model.transform(rows);
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      if (!rows.isStreaming()) {
        throw e;
      }
      model.transformSchema(rows.schema()); // what does not fit is said as it always is
      return new ModelOnStream(model, rows).transformed();
    }
  }

  private Dataset<Row> transformed() {
    for (int i = 0; i < stages.size(); i++) {
      transform(stages.get(i), "stage " + (i + 1) + " of " + stages.size());
    }
    return stream;
  }

  private void transform(Transformer stage, String place) {
    try {
      addSizes();
      stream = stage.transform(stream);
      sample = stage.transform(sample);
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "the model's %s, %s (%s), cannot work on a stream: %s; if it asks for the size of vectors, declare VECTOR(n), or put a VectorSizeHint before it"
              .formatted(place, stage.getClass().getSimpleName(), stage.uid(), FirstLine.of(e)),
          e);
    }
  }

  /** Adds missing sizes of vectors to the metadata of their columns. */
  private void addSizes() {
    for (StructField field : stream.schema().fields()) {
      if (Ddl.isVector(field.dataType()) && AttributeGroup.fromStructField(field).size() < 0) {
        Row first = sample.select(col("`" + field.name() + "`")).first();
        if (!first.isNullAt(0)) {
          addSize(field.name(), first.<Vector>getAs(0).size());
        }
      }
    }
  }

  private void addSize(String column, int size) {
    var metadata = new AttributeGroup(column, size).toMetadata();
    stream = stream.withMetadata(column, metadata);
    sample = sample.withMetadata(column, metadata);
  }

  /** One row of these columns, with values that the model has seen where it says which. */
  private static Dataset<Row> sample(Dataset<Row> stream, Map<String, String> labels) {
    Column[] columns =
        Arrays.stream(stream.schema().fields())
            .map(f -> value(f, labels.get(f.name())).as(f.name(), f.metadata()))
            .toArray(Column[]::new);
    return stream.sparkSession().range(1).select(columns);
  }

  private static Column value(StructField field, String label) {
    if (label != null) {
      return lit(label).cast(field.dataType());
    }
    OptionalInt size = ArraySizes.of(field);
    return size.isPresent()
        ? array_repeat(value(((ArrayType) field.dataType()).elementType()), size.getAsInt())
            .cast(field.dataType())
        : value(field.dataType());
  }

  private static Column value(DataType type) {
    if (type instanceof ArrayType list) {
      return array(value(list.elementType())).cast(type);
    }
    if (type instanceof NumericType) {
      return lit(1).cast(type);
    }
    if (type instanceof StringType || type instanceof BinaryType) {
      return lit("text").cast(type);
    }
    if (type instanceof BooleanType) {
      return lit(true);
    }
    boolean isTime =
        type instanceof DateType
            || type instanceof TimestampType
            || type instanceof TimestampNTZType;
    return isTime ? lit("2026-01-31").cast(type) : lit(null).cast(type);
  }
}
