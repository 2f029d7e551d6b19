package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.Expressions;
import io.sparkwire.spark.catalyst.Invocations;
import io.sparkwire.spark.version.TimeOfDay;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CurrentBatchTimestamp;
import org.apache.spark.sql.catalyst.expressions.CurrentDate;
import org.apache.spark.sql.catalyst.expressions.CurrentTimestampLike;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.LocalTimestamp;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.Option;

/**
 * Spark's functions for the current time, in all their forms, as functions of another time.
 *
 * <p>Stateless. Runs on: driver.
 */
final class TimeFunctions {

  private static final int MICROS_PRECISION = 6;

  private TimeFunctions() {}

  /** Those that a step of a plan calls. */
  static Stream<Expression> of(LogicalPlan node) {
    return Expressions.of(node).filter(TimeFunctions::isOne);
  }

  private static boolean isOne(Expression e) {
    return e instanceof CurrentTimestampLike
        || e instanceof CurrentBatchTimestamp // what Spark makes of them when it plans an epoch
        || e instanceof CurrentDate
        || e instanceof LocalTimestamp
        || TimeOfDay.isCurrent(e);
  }

  /**
   * The step with functions of that time.
   *
   * @param time a TIMESTAMP
   */
  static LogicalPlan at(Expression time, LogicalPlan node) {
    return Expressions.map(
        node,
        expression -> Expressions.map(expression, part -> isOne(part) ? at(time, part) : part));
  }

  private static Expression at(Expression time, Expression function) {
    if (function instanceof CurrentDate date) {
      return cast(time, DataTypes.DateType, date.timeZoneId());
    } else if (function instanceof LocalTimestamp local) {
      return cast(time, DataTypes.TimestampNTZType, local.timeZoneId());
    } else if (function instanceof CurrentBatchTimestamp batch) {
      return cast(time, batch.dataType(), batch.timeZoneId());
    } else if (TimeOfDay.isCurrent(function)) {
      RequestClock clock =
          new RequestClock(TimeOfDay.zone(function), TimeOfDay.precision(function));
      return Invocations.always(clock, "timeOfDay", function.dataType(), List.of(time));
    }
    return time;
  }

  private static Expression cast(Expression time, DataType type, Option<String> zone) {
    return type.equals(DataTypes.TimestampType) ? time : new Cast(time, type, zone);
  }

  /** The time at which it is computed, for each row. */
  static Expression now() {
    RequestClock clock = new RequestClock(ZoneId.of("UTC"), MICROS_PRECISION);
    return Invocations.always(clock, "now", DataTypes.TimestampType, List.of());
  }
}
