package io.sparkwire.spark.catalyst;

import java.util.function.Supplier;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.internal.SQLConf$;
import org.apache.spark.sql.types.StructType;

/** Rows as Spark holds them, and as a test can write and compare them. No session is needed. */
public final class Catalyst {

  private Catalyst() {}

  /** A row of values as Java knows them, in Spark's own format. */
  public static InternalRow row(StructType schema, Object... values) {
    Object internal =
        CatalystTypeConverters.createToCatalystConverter(schema).apply(RowFactory.create(values));
    return unsafe(schema, (InternalRow) internal);
  }

  /** A copy of a row in Spark's own format, which reads every value of it. */
  public static InternalRow unsafe(StructType schema, InternalRow row) {
    return UnsafeProjection.create(schema).apply(row).copy();
  }

  static Row external(StructType schema, InternalRow row) {
    return (Row) CatalystTypeConverters.createToScalaConverter(schema).apply(row);
  }

  /** Does something as a session in that time zone would. */
  public static <T> T inZone(String zone, Supplier<T> action) {
    SQLConf conf = new SQLConf();
    conf.setConfString("spark.sql.session.timeZone", zone);
    return SQLConf$.MODULE$.withExistingConf(conf, action::get);
  }
}
