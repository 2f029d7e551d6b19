package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The search for the columns that a model needs of a request.
 *
 * <p>It goes through the stages with no columns at all, and adds each that a stage reads and that
 * is not there yet. In the end it takes out again what is not needed for the result: such as a
 * label, which has an indexer in the pipeline, but matters only to {@code fit}. Runs on: driver.
 * Not thread-safe.
 */
final class NeededColumns {

  private final ModelStages stages;
  private final ColumnTypes types;
  private final Map<String, RequestColumn> found = new LinkedHashMap<>();

  /** What each stage gets. */
  private final List<StructType> inputs = new ArrayList<>();

  private StructType result = new StructType();

  NeededColumns(ModelStages stages, ColumnTypes types) {
    this.stages = stages;
    this.types = types;
  }

  /**
   * The columns, in the order in which stages read them.
   *
   * @param wanted what else the reply names, besides the columns of the last stage
   * @throws IllegalStateException if the type of one cannot be known; names it and the stage
   */
  List<RequestColumn> find(Predicate<String> wanted) {
    for (int i = 0; i < stages.size(); i++) {
      StructType input = withNeeds(i, result);
      checkSizes(i, input);
      inputs.add(input);
      result = stages.afterIfPromised(i, input);
    }
    Set<String> replied = ofLastStage();
    ModelStages.names(result).stream().filter(wanted).forEach(replied::add);
    for (String name : List.copyOf(found.keySet())) {
      if (!isNeeded(name, replied)) {
        found.remove(name);
      }
    }
    return List.copyOf(found.values());
  }

  /** The columns after the last stage. */
  StructType result() {
    return result;
  }

  /** The columns before a stage with all that it needs. */
  private StructType withNeeds(int stage, StructType columns) {
    StructType input = columns;
    for (String name : StageColumns.read(stages.get(stage))) {
      if (!ModelStages.names(input).contains(name)) {
        input = input.add(need(name, stage));
      }
    }
    String missing = missing(stage, input);
    while (missing != null) {
      input = input.add(need(missing, stage));
      missing = missing(stage, input);
    }
    return input;
  }

  /** The field of a column that is to be in the request. */
  private StructField need(String name, int stage) {
    RequestColumn column = types.of(name, stage);
    found.put(name, column);
    return column.inPlan();
  }

  /** A column that a query within a stage names and does not find; null if there is none. */
  private String missing(int stage, StructType input) {
    try {
      stages.get(stage).transformSchema(input);
      return null;
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      return MissingColumn.in(e)
          .filter(name -> !ModelStages.names(input).contains(name))
          .orElseThrow(() -> refused(stage, input, e));
    }
  }

  private IllegalStateException refused(int stage, StructType input, Exception why) {
    return new IllegalStateException(
        "%s cannot work on %s: %s; give --schema"
            .formatted(stages.place(stage), Ddl.text(input), FirstLine.of(why)),
        why);
  }

  /**
   * Numbers that an assembler takes may have been vectors, which shows in the size of the whole.
   */
  private void checkSizes(int stage, StructType input) {
    OptionalInt wanted = VectorSizes.of(stages.get(stage));
    for (String name : StageColumns.read(stages.get(stage))) {
      StructField field = input.apply(name);
      int size = Ddl.isVector(field.dataType()) ? AttributeGroup.fromStructField(field).size() : -1;
      if (wanted.isPresent() && size >= 0 && size != wanted.getAsInt()) {
        throw new IllegalStateException(
            "%s wants vectors of %d values, but column '%s' would have %d, so the types of columns cannot be known: one of %s was a vector or missing in training; give --schema"
                .formatted(stages.place(stage), wanted.getAsInt(), name, size, possibleVectors()));
      }
    }
  }

  private String possibleVectors() {
    return found.values().stream()
        .filter(column -> column.type().equals(DataTypes.DoubleType))
        .map(RequestColumn::name)
        .filter(types::couldBeVector)
        .collect(Collectors.joining(", "));
  }

  /** The columns that are there because of the last stage that adds any. */
  private Set<String> ofLastStage() {
    StructType after = result;
    for (int i = stages.size() - 1; i >= 0; i--) {
      Set<String> added = new HashSet<>(ModelStages.names(after));
      added.removeAll(ModelStages.names(inputs.get(i)));
      if (!added.isEmpty()) {
        return added;
      }
      after = inputs.get(i);
    }
    return new HashSet<>();
  }

  private boolean isNeeded(String name, Set<String> replied) {
    for (int i = 0; i < stages.size(); i++) {
      if (StageColumns.read(stages.get(i)).contains(name) && !worksWithout(i, name)) {
        return true;
      }
    }
    StructType others = new StructType();
    for (RequestColumn column : found.values()) {
      others = column.name().equals(name) ? others : others.add(column.inPlan());
    }
    try {
      return !ModelStages.names(stages.afterAll(others)).containsAll(replied);
    } catch (Exception e) { // Spark's AnalysisException is checked, but not declared
      return true;
    }
  }

  private boolean worksWithout(int stage, String name) {
    try {
      stages.get(stage).transformSchema(ModelStages.without(inputs.get(stage), name));
      return true;
    } catch (Exception e) {
      return false;
    }
  }
}
