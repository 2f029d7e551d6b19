package io.sparkwire.model;

import io.sparkwire.spark.DeclaredColumns;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.types.StructField;

/**
 * The columns that the params of a stage name: Spark's are called {@code inputCol}, {@code
 * featuresCol} and the like, and other stages follow.
 *
 * <p>Stateless.
 */
final class StageColumns {

  private static final Pattern COLUMN = Pattern.compile(".+Cols?");

  /** What a stage writes. */
  private static final Pattern WRITTEN =
      Pattern.compile(
          "(output|error|leaf|topicDistribution|quantiles|variance).*"
              + "|.*([pP]rediction|[pP]robability).*");

  /** What only {@code fit} reads. */
  private static final Pattern FOR_TRAINING =
      Pattern.compile("(label|weight|censor|rating|validationIndicator).*");

  private StageColumns() {}

  /** The columns that a stage may read, in the order of its params. */
  static List<String> read(Transformer stage) {
    if (stage instanceof DeclaredColumns declared) {
      return List.of(declared.columnsRead().fieldNames());
    }
    return named(stage, name -> !WRITTEN.matcher(name).matches() && !isForTraining(name));
  }

  private static boolean isForTraining(String param) {
    return FOR_TRAINING.matcher(param).matches();
  }

  /** A column as a stage declares it; empty if it declares none of that name. */
  static Optional<StructField> declared(Transformer stage, String name) {
    return stage instanceof DeclaredColumns declared
        ? Arrays.stream(declared.columnsRead().fields())
            .filter(field -> field.name().equals(name))
            .findFirst()
        : Optional.empty();
  }

  /** The columns that a stage may add. */
  static List<String> written(Transformer stage) {
    if (stage instanceof DeclaredColumns declared) {
      return declared.columnsWritten();
    }
    return named(stage, name -> WRITTEN.matcher(name).matches());
  }

  private static List<String> named(Transformer stage, Predicate<String> params) {
    return Stream.of(stage.params())
        .filter(param -> COLUMN.matcher(param.name()).matches() && params.test(param.name()))
        .filter(param -> !hasSeveral(stage, param))
        .flatMap(param -> values(stage, param))
        .distinct()
        .toList();
  }

  /** Whether the stage names several columns in place of the one that this param names. */
  private static boolean hasSeveral(Transformer stage, Param<?> param) {
    String several = param.name() + "s";
    return stage.hasParam(several) && stage.isSet(stage.getParam(several));
  }

  private static Stream<String> values(Transformer stage, Param<?> param) {
    Object value = stage.isDefined(param) ? stage.getOrDefault(param) : "";
    Stream<String> names =
        value instanceof String[] several ? Stream.of(several) : Stream.of(value.toString());
    return names.filter(name -> !name.isEmpty());
  }

  /** The column that one param names; empty if the stage has no such param. */
  static Optional<String> of(Transformer stage, String param) {
    return stage.hasParam(param)
        ? values(stage, stage.getParam(param)).findFirst()
        : Optional.empty();
  }
}
