package io.sparkwire.spark.json;

import io.sparkwire.spark.version.TimeOfDay;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Base64;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.util.IntervalStringStyles$;
import org.apache.spark.sql.catalyst.util.IntervalUtils;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampNTZType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.YearMonthIntervalType;

/**
 * The way a plain value becomes text in JSON: between quotes, or as the key of a map.
 *
 * <p>Runs on: task thread. Stateless, hence thread-safe.
 */
interface JsonPlainText {

  /**
   * The text of a value that is not null.
   *
   * @param row a row or an array
   */
  String of(SpecializedGetters row, int ordinal);

  /**
   * The way for a type; null if its values are not plain.
   *
   * @param zone in which a TIMESTAMP is written
   */
  static JsonPlainText of(DataType type, ZoneId zone) {
    if (type instanceof StringType) {
      return (row, i) -> row.getUTF8String(i).toString();
    }
    if (type instanceof BinaryType) {
      return (row, i) -> Base64.getEncoder().encodeToString(row.getBinary(i));
    }
    if (type instanceof DecimalType decimal) {
      return (row, i) -> exactly(row, i, decimal).toString();
    }
    if (type instanceof NumericType || type instanceof BooleanType) {
      return (row, i) -> row.get(i, type).toString();
    }
    return ofTime(type, zone);
  }

  private static JsonPlainText ofTime(DataType type, ZoneId zone) {
    if (type instanceof DateType) {
      return (row, i) -> JsonTimeText.date(row.getInt(i));
    }
    if (type instanceof TimestampType) {
      return (row, i) -> JsonTimeText.instant(row.getLong(i), zone);
    }
    if (type instanceof TimestampNTZType) {
      return (row, i) -> JsonTimeText.withoutZone(row.getLong(i));
    }
    if (TimeOfDay.isTime(type)) {
      return (row, i) -> JsonTimeText.time(row.getLong(i));
    }
    return ofInterval(type);
  }

  private static JsonPlainText ofInterval(DataType type) {
    if (type instanceof DayTimeIntervalType days) {
      return (row, i) ->
          IntervalUtils.toDayTimeIntervalString(
              row.getLong(i),
              IntervalStringStyles$.MODULE$.ANSI_STYLE(),
              days.startField(),
              days.endField());
    }
    if (type instanceof YearMonthIntervalType months) {
      return (row, i) ->
          IntervalUtils.toYearMonthIntervalString(
              row.getInt(i),
              IntervalStringStyles$.MODULE$.ANSI_STYLE(),
              months.startField(),
              months.endField());
    }
    return type instanceof CalendarIntervalType ? (row, i) -> row.getInterval(i).toString() : null;
  }

  /** A DECIMAL, digit for digit. */
  static BigDecimal exactly(SpecializedGetters row, int ordinal, DecimalType type) {
    return row.getDecimal(ordinal, type.precision(), type.scale()).toJavaBigDecimal();
  }
}
