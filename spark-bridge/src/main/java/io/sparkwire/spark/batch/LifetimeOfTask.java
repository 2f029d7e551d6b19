package io.sparkwire.spark.batch;

import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** As long as a task runs. */
record LifetimeOfTask(TaskContext owner) implements BatchFunction.Lifetime {

  @Override
  public boolean recurs() {
    return true;
  }

  @Override
  public void atEnd(Object work, Runnable action) {
    TaskCompletionListener ended = task -> action.run();
    owner.addTaskCompletionListener(ended);
  }
}
