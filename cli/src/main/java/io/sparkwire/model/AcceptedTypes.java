package io.sparkwire.model;

import io.sparkwire.spark.DeclaredColumns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.ml.fpm.FPGrowthModel;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.recommendation.ALSModel;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The types of columns on which a stage can work. The stage is asked: {@code transformSchema} says
 * of a type whether it will do.
 *
 * <p>Runs on: driver. Not thread-safe.
 */
final class AcceptedTypes {

  private static final DataType VECTOR = SQLDataTypes.VectorType();
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final DataType NUMBERS = DataTypes.createArrayType(DataTypes.DoubleType);

  private static final List<DataType> CANDIDATES =
      List.of(
          DataTypes.DoubleType,
          DataTypes.StringType,
          VECTOR,
          TEXTS,
          NUMBERS,
          DataTypes.BooleanType,
          DataTypes.IntegerType,
          DataTypes.LongType,
          DataTypes.FloatType,
          DataTypes.TimestampType,
          DataTypes.DateType,
          DataTypes.BinaryType);

  private final SparkSession spark;
  private final Transformer stage;
  private final List<String> columns;
  private final boolean checksSchema;
  private final Map<String, Set<DataType>> accepted = new LinkedHashMap<>();

  private AcceptedTypes(SparkSession spark, Transformer stage) {
    this.spark = spark;
    this.stage = stage;
    this.columns = StageColumns.read(stage);
    this.checksSchema = !columns.isEmpty() && !hasSchemaFor(new StructType());
  }

  /** Those of a stage, for the columns that it reads. */
  static AcceptedTypes of(SparkSession spark, Transformer stage) {
    AcceptedTypes types = new AcceptedTypes(spark, stage);
    if (stage instanceof DeclaredColumns declared) {
      for (StructField field : declared.columnsRead().fields()) {
        types.accepted.put(field.name(), Set.of(field.dataType()));
      }
      return types;
    }
    types.askOneForAll();
    if (types.accepted.isEmpty() && types.columns.size() == 2) {
      types.askPairs();
    }
    return types;
  }

  /** All columns of most stages have the same type. */
  private void askOneForAll() {
    Set<DataType> common = new LinkedHashSet<>();
    for (DataType type : CANDIDATES) {
      StructType schema = new StructType();
      for (String column : columns) {
        schema = schema.add(column, type);
      }
      if (worksOn(schema)) {
        common.add(type);
      }
    }
    if (!common.isEmpty()) {
      columns.forEach(column -> accepted.put(column, common));
    }
  }

  /** Two of them may differ, such as the features and the offset of a regression. */
  private void askPairs() {
    for (DataType first : CANDIDATES) {
      for (DataType second : CANDIDATES) {
        if (worksOn(new StructType().add(columns.get(0), first).add(columns.get(1), second))) {
          accepted.computeIfAbsent(columns.get(0), name -> new LinkedHashSet<>()).add(first);
          accepted.computeIfAbsent(columns.get(1), name -> new LinkedHashSet<>()).add(second);
        }
      }
    }
  }

  private boolean worksOn(StructType schema) {
    return hasSchemaFor(schema) && (checksSchema || transforms(schema));
  }

  private boolean hasSchemaFor(StructType schema) {
    try {
      stage.transformSchema(schema);
      return true;
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      return false;
    }
  }

  /** Whether Spark can plan the stage; asked of stages that check no schema. */
  private boolean transforms(StructType schema) {
    try {
      stage.transform(spark.createDataFrame(List.of(), schema));
      return true;
    } catch (Exception e) {
      return false;
    }
  }

  /** Those of one column; empty if none is known, or it is no column of the stage. */
  Set<DataType> of(String column) {
    return accepted.getOrDefault(column, Set.of());
  }

  /** Whether a column is among those that the stage reads. */
  boolean reads(String column) {
    return columns.contains(column);
  }

  /** Whether the stage can work on a type of one of its columns, be it a rare one. */
  boolean accepts(String column, DataType type) {
    StructType schema = new StructType();
    for (String each : columns) {
      DataType usual = of(each).stream().findFirst().orElse(type);
      schema = schema.add(each, each.equals(column) ? type : usual);
    }
    return worksOn(schema);
  }

  /** The type that the stage's kind alone tells, of those that it accepts. */
  Optional<DataType> usual() {
    if (stage instanceof StringIndexerModel) {
      return Optional.of(DataTypes.StringType);
    }
    if (stage instanceof ALSModel) { // whose ids are whole numbers, though any type holds them
      return Optional.of(DataTypes.IntegerType);
    }
    return stage instanceof FPGrowthModel patterns
        ? Optional.of(patterns.freqItemsets().schema().apply("items").dataType())
        : Optional.empty();
  }

  /**
   * The type of a column on which several stages agree; empty if several types would do and would
   * be computed differently.
   *
   * @param common what all of its readers accept
   */
  static Optional<DataType> preferred(Set<DataType> common) {
    List<DataType> others = new ArrayList<>(common);
    others.removeIf(type -> type instanceof NumericType || type.equals(DataTypes.BooleanType));
    if (common.contains(
        DataTypes.DoubleType)) { // a vector is what an earlier stage would have made
      others.removeAll(List.of(VECTOR, NUMBERS));
      return others.isEmpty() ? Optional.of(DataTypes.DoubleType) : Optional.empty();
    }
    if (common.contains(VECTOR)) {
      others.removeAll(List.of(VECTOR, NUMBERS));
      return others.isEmpty() ? Optional.of(VECTOR) : Optional.empty();
    }
    boolean areArrays = common.stream().allMatch(ArrayType.class::isInstance);
    if (areArrays && common.contains(TEXTS)) {
      return Optional.of(TEXTS);
    }
    return common.size() == 1 ? Optional.of(common.iterator().next()) : Optional.empty();
  }
}
