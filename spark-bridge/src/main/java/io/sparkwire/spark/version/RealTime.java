package io.sparkwire.spark.version;

import org.apache.spark.sql.RuntimeConfig;
import org.apache.spark.sql.execution.streaming.RealTimeTrigger;
import org.apache.spark.sql.streaming.Trigger;

/** The real-time trigger, which Spark has from 4.1 on. Stateless. Runs on: driver. */
public final class RealTime {

  /** Whether Spark has it. */
  public static final boolean EXISTS =
      SparkCode.has("org.apache.spark.sql.execution.streaming.RealTimeTrigger");

  /** Spark's setting of the shortest batch. */
  public static final String SHORTEST_BATCH = "spark.sql.streaming.realTimeMode.minBatchDuration";

  private static final String ALLOWLIST_CHECK = "spark.sql.streaming.realTimeMode.allowlistCheck";
  private static final String ASYNC_PROGRESS =
      "spark.sql.streaming.realTimeMode.asyncProgressTrackingByDefault.enabled";

  private RealTime() {}

  /** Whether a trigger is one. */
  public static boolean is(Trigger trigger) {
    return EXISTS && trigger instanceof RealTimeTrigger;
  }

  /** How long a batch of such a trigger lasts, in milliseconds. */
  public static long batchMillis(Trigger trigger) {
    return ((RealTimeTrigger) trigger).batchDurationMs();
  }

  /**
   * A trigger with batches of that length.
   *
   * @throws IllegalArgumentException if Spark has none
   */
  public static Trigger trigger(long batchMillis) {
    if (!EXISTS) {
      throw new IllegalArgumentException(
          "the real-time trigger needs Spark 4.1 or later, but this is Spark "
              + SparkRelease.current().text()
              + "; use the micro-batch or the continuous trigger");
    }
    return Trigger.RealTime(batchMillis);
  }

  /** Has a session run any sink under that trigger: Spark knows its own only. */
  public static void allowAnySink(RuntimeConfig session) {
    session.set(ALLOWLIST_CHECK, "false");
    writeProgressAtOnce(session);
  }

  /**
   * Has the progress of real-time queries written as under other triggers, unless the session says
   * otherwise: from Spark 4.3 on it is written later, and Spark does so for its own sinks only.
   */
  public static void writeProgressAtOnce(RuntimeConfig session) {
    if (EXISTS && !session.contains(ASYNC_PROGRESS)) {
      session.set(ASYNC_PROGRESS, "false");
    }
  }
}
