package io.sparkwire.spark;

import static org.apache.spark.sql.functions.col;

import io.sparkwire.options.Options;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.json.NonFinite;
import io.sparkwire.spark.json.PermissiveJson;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.SparkwireOptions;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Turns a request's body into columns. Runs on: driver. Stateless. */
final class RequestColumns {

  private static final String PARSED = ParsedBody.NAME;

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
              rows.select(
                      with(names, strict(rows, schema, entity).as(PARSED, ParsedBody.note(schema))))
                  .filter(col(PARSED).isNotNull()),
              envelope,
              schema);
      case PERMISSIVE ->
          flattened(
              rows.select(
                  with(names, permissive(schema, entity).as(PARSED, ParsedBody.note(schema)))),
              envelope,
              schema);
      case RAW -> rows.select(with(names, raw(schema, entity)));
    };
  }

  private static Column strict(Dataset<Row> rows, StructType schema, Column entity) {
    ZoneId zone =
        DateTimeUtils.getZoneId(rows.sparkSession().conf().get("spark.sql.session.timeZone"));
    return Invocations.once(
        new StrictJson(schema, zone, nonFinite(rows)),
        "parse",
        Ddl.inPlan(schema),
        col(RowSchema.ID).getField("requestId"),
        entity.getField("contentType"),
        entity.getField("content"));
  }

  /** The choice of the source from which the rows come. */
  private static NonFinite nonFinite(Dataset<Row> rows) {
    return RequestSources.options(rows)
        .findFirst()
        .map(options -> NonFinite.OPTION.from(new Options(options, SparkwireOptions.ALL)))
        .orElse(NonFinite.OPTION.defaultValue());
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
    Stream<Column> own = Arrays.stream(schema.fields()).map(RequestColumns::ofBody);
    Stream<Column> kept = envelope.values().stream().map(name -> col(name));
    return rows.select(Stream.concat(kept, own).toArray(Column[]::new));
  }

  /** A field as a column; stages of a model find the declared size of a vector in its metadata. */
  private static Column ofBody(StructField field) {
    Column value = col(PARSED).getField(field.name());
    OptionalInt size = Ddl.vectorSize(field.dataType());
    return size.isEmpty()
        ? value.as(field.name())
        : value.as(field.name(), new AttributeGroup(field.name(), size.getAsInt()).toMetadata());
  }
}
