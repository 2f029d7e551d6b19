package io.sparkwire.spark;

import io.sparkwire.spark.TaskFailureWatch.TaskFailure;

/** A task that failed so often that its query was ended for that. Immutable. */
final class HopelessTaskException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  HopelessTaskException(TaskFailure failure) {
    super("a task failed %d times: %s".formatted(failure.times(), failure.cause()));
  }
}
