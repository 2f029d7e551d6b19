package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.json.PermissiveJson;
import io.sparkwire.spark.source.RowSchema;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Turns a request's body into columns. Runs on: driver. Stateless. */
final class RequestColumns {

  private static final String PARSED = "__sparkwire_parsed";

  /** What the parsed column says of itself in the plan. */
  private static final String SCHEMA = "sparkwire.schema";

  private RequestColumns() {}

  static Dataset<Row> parse(Dataset<Row> rows, StructType schema, ParseMode mode) {
    Map<String, String> envelope = Envelope.renamed(rows, schema);
    Column[] names =
        envelope.entrySet().stream()
            .map(name -> col(name.getKey()).as(name.getValue()))
            .toArray(Column[]::new);
    Column entity = col(RowSchema.REQUEST).getField("entity");
    return switch (mode) {
      case STRICT ->
          flattened(
              rows.select(with(names, strict(rows, schema, entity).as(PARSED, note(schema))))
                  .filter(col(PARSED).isNotNull()),
              envelope,
              schema);
      case PERMISSIVE ->
          flattened(
              rows.select(with(names, permissive(schema, entity).as(PARSED, note(schema)))),
              envelope,
              schema);
      case RAW -> rows.select(with(names, raw(schema, entity)));
    };
  }

  /** The plan knows less of the schema: neither sizes of vectors nor lengths of strings. */
  private static Metadata note(StructType schema) {
    return new MetadataBuilder().putString(SCHEMA, Ddl.text(schema)).build();
  }

  /**
   * The schema of the bodies that a plan parses as JSON, as text; empty if it parses none, or some
   * by one schema and some by another.
   */
  static String schemaIn(LogicalPlan plan) {
    Set<String> found = new HashSet<>();
    plan.foreach(
        node -> {
          CollectionConverters.asJava(node.output()).stream()
              .map(column -> column.metadata())
              .filter(notes -> notes.contains(SCHEMA))
              .forEach(notes -> found.add(notes.getString(SCHEMA)));
          return null;
        });
    return found.size() == 1 ? found.iterator().next() : "";
  }

  private static Column strict(Dataset<Row> rows, StructType schema, Column entity) {
    ZoneId zone =
        DateTimeUtils.getZoneId(rows.sparkSession().conf().get("spark.sql.session.timeZone"));
    return Invocations.once(
        new StrictJson(schema, zone),
        "parse",
        Ddl.inPlan(schema),
        col(RowSchema.ID).getField("requestId"),
        entity.getField("contentType"),
        entity.getField("contentEncoding"),
        entity.getField("content"));
  }

  private static Column permissive(StructType schema, Column entity) {
    return PermissiveJson.read(PermissiveJson.text(entity.getField("content")), schema);
  }

  private static Column raw(StructType schema, Column entity) {
    StructField[] fields = schema.fields();
    boolean fits =
        fields.length == 1
            && (fields[0].dataType() instanceof StringType
                || fields[0].dataType() instanceof BinaryType);
    if (!fits) {
      throw new IllegalArgumentException(
          "a raw body needs a schema of one field, STRING or BINARY, got " + schema.toDDL());
    }
    return entity.getField("content").cast(fields[0].dataType()).as(fields[0].name());
  }

  private static Column[] with(Column[] columns, Column last) {
    return Stream.concat(Arrays.stream(columns), Stream.of(last)).toArray(Column[]::new);
  }

  private static Dataset<Row> flattened(
      Dataset<Row> rows, Map<String, String> envelope, StructType schema) {
    Stream<Column> own =
        Arrays.stream(schema.fieldNames()).map(name -> col(PARSED).getField(name).as(name));
    Stream<Column> kept = envelope.values().stream().map(name -> col(name));
    return rows.select(Stream.concat(kept, own).toArray(Column[]::new));
  }
}
