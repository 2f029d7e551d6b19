package io.sparkwire.app;

import io.sparkwire.log.FirstLine;
import io.sparkwire.spark.ModelInput;
import io.sparkwire.spark.ParseMode;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.Arrays;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a request, and how its body is read into them. Immutable.
 *
 * @param columns as Spark knows them
 */
record RequestSchema(StructType columns, ParseMode mode) {

  /**
   * @param ddl as in {@code value INT NOT NULL, text STRING}
   * @throws IllegalArgumentException if it cannot be read, or does not suit the mode
   */
  static RequestSchema of(String ddl, ParseMode mode) {
    RequestSchema schema = new RequestSchema(parsed(ddl), mode);
    if (mode == ParseMode.RAW && !schema.isOneText()) {
      throw new IllegalArgumentException(
          "--parse raw needs a --schema of one STRING or BINARY column, got '" + ddl + "'");
    }
    return schema;
  }

  private static StructType parsed(String ddl) {
    try {
      return Ddl.columns(ddl);
    } catch (Exception e) { // Spark's ParseException is checked, but not declared
      throw new IllegalArgumentException(
          "--schema must be columns as in \"value INT NOT NULL, text STRING\", got '"
              + ddl
              + "': "
              + FirstLine.of(e),
          e);
    }
  }

  private boolean isOneText() {
    return columns.size() == 1
        && (columns.apply(0).dataType() instanceof StringType
            || columns.apply(0).dataType() instanceof BinaryType);
  }

  /** The schema with vectors in place of the arrays that a model wants as such. */
  RequestSchema fittedTo(Transformer model) {
    return new RequestSchema(ModelInput.fitted(model, columns), mode);
  }

  /**
   * Checks that a model can work on these columns.
   *
   * @throws IllegalArgumentException if not; names the stage that cannot
   */
  void checkFits(Transformer model) {
    StructType schema = columns;
    for (Transformer stage : ModelInput.stages(model)) {
      schema = after(stage, schema);
    }
  }

  private StructType after(Transformer stage, StructType schema) {
    try {
      return stage.transformSchema(schema);
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      throw new IllegalArgumentException(
          "the model does not fit --schema: its stage "
              + stage.getClass().getSimpleName()
              + " says: "
              + FirstLine.of(e)
              + " (columns of --schema: "
              + String.join(", ", Arrays.asList(columns.fieldNames()))
              + ")",
          e);
    }
  }
}
