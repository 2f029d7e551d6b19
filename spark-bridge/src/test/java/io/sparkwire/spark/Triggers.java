package io.sparkwire.spark;

import java.util.stream.Stream;
import org.apache.spark.sql.streaming.Trigger;

/** The triggers under which a service runs. */
public final class Triggers {

  private Triggers() {}

  public static Stream<Trigger> all() {
    return Stream.of(
        Trigger.ProcessingTime(0), Trigger.RealTime("5 seconds"), Trigger.Continuous("1 second"));
  }
}
