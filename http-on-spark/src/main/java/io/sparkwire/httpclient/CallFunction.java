package io.sparkwire.httpclient;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskContext$;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.util.TaskCompletionListener;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The function of a plan for each partition: rows with calls in, rows with outcomes out.
 *
 * <p>A task has its own copy. What is open when the task ends, for whatever reason, is closed
 * before what it reads from. Under the continuous trigger a task is called for one epoch after the
 * other, so it registers for the task's end only once. Runs on: task thread.
 */
final class CallFunction
    extends AbstractFunction1<scala.collection.Iterator<Object>, scala.collection.Iterator<Object>>
    implements Serializable {

  private static final long serialVersionUID = 1;

  private final List<ServiceCalls> services;
  private final int firstCall;
  private final boolean ordered;
  private transient Set<CalledRows> open;

  CallFunction(List<ServiceCalls> services, int firstCall, boolean ordered) {
    this.services = List.copyOf(services);
    this.firstCall = firstCall;
    this.ordered = ordered;
  }

  @Override
  public scala.collection.Iterator<Object> apply(scala.collection.Iterator<Object> rows) {
    TaskContext task = TaskContext.get();
    if (open == null) {
      open = new HashSet<>();
      TaskCompletionListener closing = ended -> open.forEach(CalledRows::close);
      task.addTaskCompletionListener(closing);
    }
    open.removeIf(CalledRows::isClosed);
    CalledRows answered =
        new CalledRows(inputs(rows), services, firstCall, ordered, work -> within(task, work));
    open.add(answered);
    return answered;
  }

  @SuppressWarnings("unchecked")
  private static Iterator<InternalRow> inputs(scala.collection.Iterator<Object> rows) {
    return CollectionConverters.asJava((scala.collection.Iterator<InternalRow>) (Object) rows);
  }

  /** Spark finds a task by its thread, so the feeder's thread becomes one of the task's. */
  private static Runnable within(TaskContext task, Runnable work) {
    return () -> {
      TaskContext$.MODULE$.setTaskContext(task);
      work.run();
    };
  }
}
