package io.sparkwire.httpclient;

import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.sparkwire.httpclient.calls.Failures;
import io.sparkwire.httpclient.calls.InvalidBodyException;
import io.sparkwire.httpclient.calls.JsonText;
import io.sparkwire.spark.json.PermissiveJson;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Bodies in JSON as columns.
 *
 * <p>{@link PermissiveJson} alone turns text that is not JSON into a struct of nulls, ignores what
 * follows the value, and reads no plain values. So the text is checked first, and then read as the
 * one field of an object. Runs on: driver. Stateless.
 */
final class JsonColumn {

  private static final String CORRUPT = "corrupt";

  private JsonColumn() {}

  /** The type as it is read: any part of a value may be missing. */
  static DataType nullable(DataType type) {
    return type.asNullable();
  }

  /** The values of bodies, or why there is none, as in {@link ParsedStruct}. */
  static Column parse(Column content, DataType type) {
    UDF1<byte[], String> check = JsonColumn::fault;
    Column fault = udf(check, DataTypes.StringType).apply(content);
    StructType root = new StructType().add("value", type).add(CORRUPT, DataTypes.StringType);
    Column text = concat(lit("{\"value\":"), PermissiveJson.text(content), lit("}"));
    Column read = PermissiveJson.read(text, root, CORRUPT);
    Column misfit = read.getField(CORRUPT).isNotNull();
    return ParsedStruct.of(
        when(fault.isNull().and(misfit.equalTo(false)), read.getField("value")),
        when(fault.isNotNull().or(misfit), lit(Failures.name(InvalidBodyException.class))),
        when(fault.isNotNull(), fault)
            .when(misfit, lit("the body is JSON, but does not fit the type " + type.sql())));
  }

  private static String fault(byte[] body) {
    try {
      if (body != null) {
        JsonText.check(body);
      }
      return null;
    } catch (InvalidBodyException e) {
      return e.getMessage();
    }
  }
}
