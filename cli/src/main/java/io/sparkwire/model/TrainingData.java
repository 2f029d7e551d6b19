package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A file or directory with the rows that a model was trained on, of which only the schema is of
 * interest: Parquet, JSON or CSV with a header.
 *
 * <p>The end of its name says which. Immutable.
 */
public record TrainingData(String path) {

  private static final Map<String, String> FORMATS =
      Map.of("parquet", "parquet", "json", "json", "jsonl", "json", "ndjson", "json", "csv", "csv");

  /**
   * @throws IllegalArgumentException if the name does not say what it holds
   */
  public TrainingData {
    if (format(path) == null) {
      throw new IllegalArgumentException(
          "option 'schema-from' must be a file or directory whose name ends with .parquet, .json,"
              + " .jsonl, .ndjson or .csv, got '"
              + path
              + "'");
    }
  }

  private static String format(String path) {
    String name =
        path.toLowerCase(Locale.ROOT).replaceFirst("/+$", "").replaceFirst("\\.(gz|bz2)$", "");
    return FORMATS.get(name.replaceFirst(".*\\.", ""));
  }

  /**
   * The columns of its rows, all of which may be null.
   *
   * @throws IllegalStateException if Spark cannot read it
   */
  StructType columns(SparkSession spark) {
    try {
      return reader(spark).format(format(path)).load(path).schema().asNullable();
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      throw new IllegalStateException(
          "--schema-from cannot read '" + path + "': " + FirstLine.of(e), e);
    }
  }

  private DataFrameReader reader(SparkSession spark) {
    return switch (format(path)) {
      case "csv" -> spark.read().option("header", true).option("inferSchema", true);
      case "json" -> spark.read().option("multiLine", isOneDocument(spark));
      default -> spark.read();
    };
  }

  /** Whether it is a JSON array, and not an object on each line. */
  private boolean isOneDocument(SparkSession spark) {
    Dataset<Row> lines = spark.read().text(path).filter("trim(value) != ''");
    return !lines.isEmpty() && lines.first().getString(0).strip().startsWith("[");
  }
}
