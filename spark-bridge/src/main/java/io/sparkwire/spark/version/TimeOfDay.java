package io.sparkwire.spark.version;

import java.time.Instant;
import java.time.ZoneId;
import org.apache.spark.sql.catalyst.expressions.CurrentTime;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimeType;

/** The type TIME and its function, which Spark has from 4.1 on. Stateless. */
public final class TimeOfDay {

  private static final boolean EXISTS = SparkCode.has("org.apache.spark.sql.types.TimeType");

  private TimeOfDay() {}

  public static boolean isTime(DataType type) {
    return EXISTS && type instanceof TimeType;
  }

  /** Whether an expression is the current time of day. */
  public static boolean isCurrent(Expression expression) {
    return EXISTS && expression instanceof CurrentTime;
  }

  /** In which zone it is. */
  public static ZoneId zone(Expression current) {
    return ((CurrentTime) current).zoneId();
  }

  /** How many digits of a second it has. */
  public static int precision(Expression current) {
    return ((CurrentTime) current).precision();
  }

  /** A value of the type. */
  public static long of(Instant instant, ZoneId zone, int precision) {
    long nanos = DateTimeUtils.instantToNanosOfDay(instant, zone);
    return DateTimeUtils.truncateTimeToPrecision(nanos, precision);
  }
}
