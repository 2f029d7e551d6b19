package io.sparkwire.spark.python;

import io.sparkwire.python.PythonWorker;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What has been said in one run of a worker, which says it once: the schemas of both directions.
 *
 * <p>It stays with the worker. Runs on: the thread that has taken the worker. Not thread-safe.
 */
final class WorkerRun {

  private final long number;
  private boolean inputIsKnown;
  private Schema output;

  private WorkerRun(long number) {
    this.number = number;
  }

  /** The current run of a worker. */
  static WorkerRun of(PythonWorker worker) {
    if (worker.attachment() instanceof WorkerRun run && run.number == worker.run()) {
      return run;
    }
    WorkerRun begun = new WorkerRun(worker.run());
    worker.attach(begun);
    return begun;
  }

  /** Whether the worker has the schema of its input; it has it from now on. */
  boolean learnInput() {
    boolean known = inputIsKnown;
    inputIsKnown = true;
    return known;
  }

  /** The schema of what the worker writes; null before it has written anything. */
  Schema output() {
    return output;
  }

  void output(Schema schema) {
    output = schema;
  }
}
