package io.sparkwire.spark.source;

import io.sparkwire.intake.FailureCause;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;

/** What stands behind an exception. Stateless. */
public final class QueryFailures {

  private QueryFailures() {}

  /** The exception, its cause, the cause of that, and so on. */
  public static Stream<Throwable> chain(Throwable exception) {
    return Stream.iterate(exception, e -> e != null, Throwable::getCause);
  }

  /**
   * Whether Spark has lost touch with the driver's part of a query, which is no row's fault. A
   * continuous query that is stopped ends that part before its tasks, which then fail on it.
   */
  static boolean isLostDriver(Throwable exception) {
    return chain(exception)
        .flatMap(e -> Stream.of(e.getStackTrace()))
        .anyMatch(
            frame ->
                frame.getClassName().startsWith("org.apache.spark.rpc.")
                    || frame.getMethodName().equals("failedToGenerateEpochMarkerError"));
  }

  /** What can be told of a failure: its type is that of the last in the chain. */
  public static FailureCause told(Throwable exception) {
    Throwable root = chain(exception).reduce((outer, inner) -> inner).orElseThrow();
    String condition = root instanceof SparkThrowable spark ? spark.getCondition() : null;
    return new FailureCause(root.getClass().getName(), condition, root.getMessage());
  }

  /** What the last in the chain says; empty for null. */
  public static String message(Throwable exception) {
    return chain(exception)
        .reduce((outer, inner) -> inner)
        .map(root -> root.getMessage() == null ? root.toString() : root.getMessage())
        .orElse("it was stopped");
  }
}
