package io.sparkwire.spark.plan;

import io.sparkwire.spark.version.TimeOfDay;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;

/**
 * Times that Spark has no expression for, for generated code. Public only because generated code
 * lives in a package of Spark. Immutable.
 *
 * @param zone of the session
 * @param precision how many digits a second has behind the point
 */
public record RequestClock(ZoneId zone, int precision) implements Serializable {

  /** The time at which it is called, in microseconds. */
  public long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  /** The nanosecond of the day at that time. */
  public long timeOfDay(long micros) {
    return TimeOfDay.of(Instant.EPOCH.plus(micros, ChronoUnit.MICROS), zone, precision);
  }
}
