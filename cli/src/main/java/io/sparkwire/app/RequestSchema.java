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
   * @throws IllegalArgumentException if the columns do not suit the mode
   */
  RequestSchema {
    if (mode == ParseMode.RAW && !isOneText(columns)) {
      throw new IllegalArgumentException(
          "--parse raw needs a --schema of one STRING or BINARY column, got '"
              + Ddl.text(columns)
              + "'");
    }
  }

  /**
   * @param ddl as in {@code value INT NOT NULL, text STRING}
   * @throws IllegalArgumentException if it cannot be read, or does not suit the mode
   */
  static RequestSchema of(String ddl, ParseMode mode) {
    return new RequestSchema(parsed(ddl), mode);
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

  private static boolean isOneText(StructType columns) {
    return columns.size() == 1
        && (columns.apply(0).dataType() instanceof StringType
            || columns.apply(0).dataType() instanceof BinaryType);
  }

  /** The schema with vectors in place of the arrays that a model wants as such. */
  RequestSchema fittedTo(Transformer model) {
    return new RequestSchema(ModelInput.fitted(model, columns), mode);
  }

  /**
   * These columns and those that a model adds.
   *
   * @throws IllegalArgumentException if a stage cannot work on them; names it
   */
  StructType after(Transformer model) {
    StructType schema = columns;
    for (Transformer stage : ModelInput.stages(model)) {
      schema = after(stage, schema);
    }
    return schema;
  }

  /** The argument of the command line that has these columns, as a shell reads it. */
  String argument() {
    return "--schema \"" + Ddl.text(columns).replaceAll("[\\\\\"$`]", "\\\\$0") + "\"";
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
