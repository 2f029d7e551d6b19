package io.sparkwire.spark.json;

import static org.apache.spark.sql.functions.struct;

import io.sparkwire.spark.catalyst.Invocations;
import java.io.Serializable;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * What generated code calls to write a value as JSON.
 *
 * <p>Public only because generated code lives in a package of Spark. Runs on: task thread. Every
 * task has its own copy; not thread-safe.
 */
public final class ValueJson implements Serializable {

  private static final long serialVersionUID = 1;

  private final DataType type;
  private transient JsonEncoder encoder;

  private ValueJson(DataType type) {
    this.type = type;
  }

  /**
   * Values as JSON, as a reply would have them; but a plain value has no name, and null is null.
   *
   * @param type of the column
   */
  public static Column of(Column value, DataType type) {
    return Invocations.pure(new ValueJson(type), "write", DataTypes.StringType, struct(value));
  }

  /**
   * Checks that JSON has a form for a column.
   *
   * @throws IllegalArgumentException if not; says which part has none
   */
  public static void check(String column, DataType type) {
    JsonWriters.ofSession().of(type, column);
  }

  /**
   * The JSON of a value; null if that is null.
   *
   * @param value a row of one field
   */
  public UTF8String write(InternalRow value) {
    if (value.isNullAt(0)) {
      return null;
    }
    if (encoder == null) {
      encoder = new JsonEncoder(JsonWriters.ofSession().of(type, "value"));
    }
    return UTF8String.fromBytes(encoder.encode(value, 0));
  }
}
