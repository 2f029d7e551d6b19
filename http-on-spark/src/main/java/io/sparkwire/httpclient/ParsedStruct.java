package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.struct;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What a parser makes of a column: a struct of the value, or of why there is none. Stateless. */
final class ParsedStruct {

  static final String VALUE = "value";
  static final String EXCEPTION = "exception";
  static final String MESSAGE = "message";

  private ParsedStruct() {}

  static StructType type(DataType value) {
    return new StructType()
        .add(VALUE, value)
        .add(EXCEPTION, DataTypes.StringType)
        .add(MESSAGE, DataTypes.StringType);
  }

  static Column of(Column value, Column exception, Column message) {
    return struct(
        value.as(VALUE),
        exception.cast(DataTypes.StringType).as(EXCEPTION),
        message.cast(DataTypes.StringType).as(MESSAGE));
  }
}
