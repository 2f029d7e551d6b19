package io.sparkwire.spark.json;

import static org.apache.spark.sql.functions.ltrim;

import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.spark.catalyst.Invocations;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.ExprUtils;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.json.CreateJacksonParser;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.util.FailureSafeParser;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.Iterator;
import scala.collection.immutable.Map$;

/**
 * What generated code calls to read JSON as Spark's {@code from_json} reads it, at a cost that only
 * the length of the text decides.
 *
 * <p>{@link BoundedJsonParser} says where it differs. Public only because generated code lives in a
 * package of Spark. Runs on: task thread. Every task has its own copy; not thread-safe.
 */
public final class PermissiveJson implements Serializable {

  private static final long serialVersionUID = 1;

  private final DataType type;
  private final scala.collection.immutable.Map<String, String> options;
  private final String zone;
  private final String corruptColumn;
  private transient FailureSafeParser<UTF8String> parser;

  private PermissiveJson(
      DataType type,
      scala.collection.immutable.Map<String, String> options,
      String zone,
      String corruptColumn) {
    this.type = type;
    this.options = options;
    this.zone = zone;
    this.corruptColumn = corruptColumn;
  }

  /** Bytes as text in UTF-8, without the byte-order mark with which some clients begin. */
  public static Column text(Column bytes) {
    return ltrim(bytes.cast(DataTypes.StringType), "\uFEFF");
  }

  /**
   * Objects in JSON as structs, by the rules of {@code from_json}: what cannot be read is null, as
   * is an array of another size than its field has.
   *
   * @param text in JSON
   * @param corruptColumn the name of the column that takes the texts that cannot be read
   */
  public static Column read(Column text, StructType type, String corruptColumn) {
    ExprUtils.verifyColumnNameOfCorruptRecord(type, corruptColumn);
    StructType nullable = type.asNullable();
    PermissiveJson json =
        new PermissiveJson(SizedArray.in(nullable), Map$.MODULE$.empty(), null, corruptColumn);
    return Invocations.pure(json, "parse", Ddl.inPlan(nullable), text);
  }

  /** The same as {@link #read(Column, StructType, String)}, with the session's usual name. */
  public static Column read(Column text, StructType type) {
    return read(text, type, SQLConf.get().columnNameOfCorruptRecord());
  }

  /** The same as a call of {@code from_json} that Spark has resolved. */
  static Expression inPlaceOf(JsonToStructs call) {
    PermissiveJson json =
        new PermissiveJson(
            call.dataType(),
            call.options(),
            call.timeZoneId().get(),
            SQLConf.get().columnNameOfCorruptRecord());
    return Invocations.invoke(json, "parse", call.dataType(), true, List.of(call.child()));
  }

  /** A row, array or map; null if there is none. */
  public Object parse(UTF8String text) {
    if (parser == null) {
      parser = newParser();
    }
    Iterator<InternalRow> rows = parser.parse(text);
    if (!rows.hasNext()) {
      return null;
    }
    InternalRow row = rows.next();
    if (type instanceof StructType) {
      return row;
    }
    return type instanceof ArrayType ? row.getArray(0) : row.getMap(0);
  }

  private FailureSafeParser<UTF8String> newParser() {
    JSONOptions json =
        new JSONOptions(
            options, zone == null ? SQLConf.get().sessionLocalTimeZone() : zone, corruptColumn);
    StructType rows =
        type instanceof StructType struct ? struct : new StructType().add("value", type);
    DataType read =
        type instanceof StructType struct
            ? without(json.columnNameOfCorruptRecord(), struct)
            : type;
    BoundedJsonParser bounded = new BoundedJsonParser(read, json);
    return new FailureSafeParser<>(
        text -> bounded.parse(text, CreateJacksonParser::utf8String, same -> same),
        json.parseMode(),
        rows,
        json.columnNameOfCorruptRecord());
  }

  private static StructType without(String name, StructType struct) {
    return new StructType(
        Arrays.stream(struct.fields())
            .filter(field -> !field.name().equals(name))
            .toArray(StructField[]::new));
  }
}
