package io.sparkwire.spark.batch;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A function that computes rows in batches.
 *
 * <p>Runs on: the task's {@link BatchThread}.
 */
@FunctionalInterface
public interface BatchFunction {

  /** For each row of arguments a row of results, in the same order. Blocks. */
  List<InternalRow> compute(List<InternalRow> arguments) throws Exception;

  /** What makes it in a task, and goes there with the plan. */
  @FunctionalInterface
  interface Maker extends Serializable {

    /**
     * Makes it, with all that it needs, one for each thread that computes batches. Blocks.
     *
     * <p>Runs on: task thread, before a row is read.
     */
    BatchFunction open(Lifetime lifetime);

    /** How many batches a JVM should compute at the same time, from 1. */
    default int concurrency() {
      return 1;
    }
  }

  /** For how long what a function has loaded should stay in a JVM. */
  interface Lifetime {

    /** What needs it: the version of a service that a node computes, or else a task. */
    Object owner();

    /** Whether what a task has needed is likely to be needed by another one soon. */
    boolean recurs();

    /**
     * Has something done at its end.
     *
     * @param work whose end it is; of one work only the last action is done
     */
    void atEnd(Object work, Runnable action);
  }
}
