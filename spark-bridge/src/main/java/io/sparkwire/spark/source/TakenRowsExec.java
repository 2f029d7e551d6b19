package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.PassingExec;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.Iterator;

/** The step that passes on {@link TakenRows}. Immutable. Runs on: driver. */
public final class TakenRowsExec extends PassingExec {

  private static final long serialVersionUID = 1;

  public TakenRowsExec(SparkPlan scan) {
    super(scan);
  }

  @Override
  protected Function1<Iterator<InternalRow>, Iterator<InternalRow>> passing() {
    return new TakenRows.Maker();
  }

  @Override
  protected PassingExec above(SparkPlan other) {
    return new TakenRowsExec(other);
  }
}
