package io.sparkwire.spark.plan;

import io.sparkwire.spark.catalyst.CountsRows;
import io.sparkwire.spark.source.ServedQuery;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The function of a {@link RowStep} for each partition: its rows in, the rows that the work makes
 * out.
 *
 * <p>A task has its own copy. What is open when the task ends, for whatever reason, is closed
 * before what it reads from. Under the continuous trigger a task is called for one epoch after the
 * other, so it registers for the task's end only once. Runs on: task thread.
 */
final class StepFunction<O>
    extends AbstractFunction1<scala.collection.Iterator<Object>, scala.collection.Iterator<Object>>
    implements CountsRows, Serializable {

  private static final long serialVersionUID = 1;

  private final RowWork.Maker<O> work;
  private transient Set<StepRows<O>> open;

  StepFunction(RowWork.Maker<O> work) {
    this.work = work;
  }

  StepFunction<O> servedBy(ServedQuery query) {
    return new StepFunction<>(work.servedBy(query));
  }

  RowWork.Maker<O> work() {
    return work;
  }

  @Override
  public scala.collection.Iterator<Object> apply(scala.collection.Iterator<Object> rows) {
    TaskContext task = TaskContext.get();
    if (open == null) {
      open = new HashSet<>();
      TaskCompletionListener closing = ended -> open.forEach(StepRows::close);
      task.addTaskCompletionListener(closing);
    }
    open.removeIf(StepRows::isClosed);
    StepRows<O> made =
        new StepRows<>(
            new CountedRows(inputs(rows)), work.open(), feeding -> within(task, feeding));
    open.add(made);
    return made;
  }

  @SuppressWarnings("unchecked")
  private static Iterator<InternalRow> inputs(scala.collection.Iterator<Object> rows) {
    return CollectionConverters.asJava((scala.collection.Iterator<InternalRow>) (Object) rows);
  }

  /** Spark finds a task by its thread, so the feeder's thread becomes one of the task's. */
  private static Runnable within(TaskContext task, Runnable feeding) {
    return () -> {
      TaskContext$.MODULE$.setTaskContext(task);
      feeding.run();
    };
  }
}
