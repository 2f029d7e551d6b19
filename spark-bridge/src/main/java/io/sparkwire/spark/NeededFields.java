package io.sparkwire.spark;

import io.sparkwire.spark.catalyst.DryRun;
import io.sparkwire.spark.catalyst.Expressions;
import io.sparkwire.spark.catalyst.PlanColumns;
import io.sparkwire.spark.catalyst.SampleValues;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The fields of a body without which a model throws: they become NOT NULL, so that a body without
 * them gets a 400 that names the field.
 *
 * <p>What stages do with a null depends on their kind, their params and the stages before them. So
 * they are asked: a made-up row goes through the pipeline at the driver, and then again for each
 * field, with null there. Only columns that the reply needs are computed. A field that some sample
 * cannot show to be needed stays nullable. Stateless. Runs on: driver.
 */
final class NeededFields {

  private static final Logger LOG = LoggerFactory.getLogger(NeededFields.class);

  /** Some model or other refuses each of them: as a divisor, as a category, or as a number. */
  private static final List<SampleValues> SAMPLES =
      List.of(
          new SampleValues(1, "text"),
          new SampleValues(0, "text"),
          new SampleValues(1, "1"),
          new SampleValues(0, "0"));

  private final StructType schema;
  private final Map<String, String> labels;
  private final DryRun run;

  private NeededFields(StructType schema, Map<String, String> labels, DryRun run) {
    this.schema = schema;
    this.labels = labels;
    this.run = run;
  }

  /** The replies, to requests whose bodies must have those fields. */
  static Dataset<Row> in(Dataset<Row> replies) {
    SparkSession session = (SparkSession) replies.sparkSession();
    return Expressions.map(replies, plan -> in(plan, session));
  }

  private static LogicalPlan in(LogicalPlan plan, SparkSession session) {
    Optional<StructType> schema = ParsedBody.schemaIn(plan);
    if (schema.isEmpty() || !DryRun.hasModel(plan)) {
      return plan;
    }
    LogicalPlan optimized = session.sessionState().optimizer().execute(plan);
    Set<String> needed =
        DryRun.above(optimized, ParsedBody::isParsing)
            .map(run -> new NeededFields(schema.get(), ParsedBody.labelsIn(plan), run).names())
            .orElse(Set.of());
    if (needed.isEmpty()) {
      return plan;
    }
    LOG.info("fields {} of a request must not be null, because the model throws there", needed);
    return ParsedBody.withSchema(plan, notNull(schema.get(), needed));
  }

  private static StructType notNull(StructType schema, Set<String> names) {
    return new StructType(
        Arrays.stream(schema.fields())
            .map(
                field ->
                    new StructField(
                        field.name(),
                        field.dataType(),
                        field.nullable() && !names.contains(field.name()),
                        field.metadata()))
            .toArray(StructField[]::new));
  }

  private Set<String> names() {
    SampleValues sample =
        SAMPLES.stream()
            .filter(values -> run.failure(row(values, null)).isEmpty())
            .findFirst()
            .orElse(SAMPLES.get(0));
    Optional<String> usual = run.failure(row(sample, null));
    Set<String> needed = new HashSet<>();
    for (StructField field : schema.fields()) {
      Optional<String> failure = run.failure(row(sample, field.name()));
      if (field.nullable() && failure.isPresent() && !failure.equals(usual)) {
        needed.add(field.name());
      }
    }
    return needed;
  }

  /** A row of the step that parses, with null in one field of the body. */
  private GenericInternalRow row(SampleValues values, String absent) {
    GenericInternalRow row = values.row(PlanColumns.type(run.columns()));
    row.update(ParsedBody.indexIn(run.columns()), body(values, absent));
    return row;
  }

  private GenericInternalRow body(SampleValues values, String absent) {
    GenericInternalRow body = values.row(schema);
    for (int i = 0; i < schema.size(); i++) {
      StructField field = schema.fields()[i];
      if (field.name().equals(absent)) {
        body.setNullAt(i);
      } else if (labels.containsKey(field.name())) {
        body.update(i, labelled(labels.get(field.name()), values).of(field));
      }
    }
    return body;
  }

  /** A label as it is, or as a number: its own, or one between the bounds that it names. */
  private static SampleValues labelled(String label, SampleValues otherwise) {
    double number =
        Arrays.stream(label.split(", ", -1))
            .map(NeededFields::number)
            .filter(Double::isFinite)
            .findFirst()
            .orElse(otherwise.number());
    boolean isUpperBound = label.startsWith("-Infinity, ");
    return new SampleValues(isUpperBound ? number - 1 : number, label);
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}
