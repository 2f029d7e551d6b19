package io.sparkwire.spark.source;

import io.sparkwire.intake.FailureCause;
import io.sparkwire.log.Causes;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/** What is behind an exception that ended a query or a task. Stateless. */
public final class QueryFailures {

  private QueryFailures() {}

  /**
   * Whether Spark has lost touch with the driver's part of a query, which is no row's fault. A
   * continuous query that is stopped ends that part before its tasks, which then fail on it.
   */
  static boolean isLostDriver(Throwable exception) {
    return Causes.chain(exception)
        .flatMap(e -> Stream.of(e.getStackTrace()))
        .anyMatch(
            frame ->
                frame.getClassName().startsWith("org.apache.spark.rpc.")
                    || frame.getMethodName().equals("failedToGenerateEpochMarkerError"));
  }

  /** A description of a failure: its type is that of the last in the chain. */
  public static FailureCause describe(Throwable exception) {
    Throwable root = Causes.root(exception);
    String condition = root instanceof SparkThrowable spark ? spark.getCondition() : null;
    return new FailureCause(root.getClass().getName(), condition, root.getMessage());
  }
}
