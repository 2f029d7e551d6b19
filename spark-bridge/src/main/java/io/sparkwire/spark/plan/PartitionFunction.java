package io.sparkwire.spark.plan;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.sql.catalyst.InternalRow;
import scala.collection.AbstractIterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * The function of a {@link RowStep} that does its work on the threads of tasks. Runs on: task
 * thread.
 */
final class PartitionFunction
    extends AbstractFunction1<scala.collection.Iterator<Object>, scala.collection.Iterator<Object>>
    implements Serializable {

  private static final long serialVersionUID = 1;

  private final PartitionWork work;

  PartitionFunction(PartitionWork work) {
    this.work = work;
  }

  @Override
  @SuppressWarnings("unchecked")
  public scala.collection.Iterator<Object> apply(scala.collection.Iterator<Object> rows) {
    Iterator<InternalRow> made =
        work.rows(
            CollectionConverters.asJava((scala.collection.Iterator<InternalRow>) (Object) rows));
    return new AbstractIterator<>() {
      @Override
      public boolean hasNext() {
        return made.hasNext();
      }

      @Override
      public StepRow next() {
        return new StepRow(made.next());
      }
    };
  }
}
