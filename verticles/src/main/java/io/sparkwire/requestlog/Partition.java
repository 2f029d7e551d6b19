package io.sparkwire.requestlog;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;

/**
 * Where a record of the payload log belongs, as Spark finds it in the names of directories.
 * Immutable.
 *
 * @param day since 1970-01-01, in UTC
 */
record Partition(String service, long day) {

  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  /** That of a request to a service which arrived at that time. */
  static Partition of(String service, long millis) {
    return new Partition(service, Math.floorDiv(millis, DAY_MILLIS));
  }

  Path in(Path directory) {
    LocalDate date = Instant.ofEpochMilli(day * DAY_MILLIS).atZone(ZoneOffset.UTC).toLocalDate();
    return directory.resolve("service=" + service).resolve("date=" + date);
  }
}
