package io.sparkwire.spark.source;

import io.sparkwire.spark.catalyst.PassingExec;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import scala.Function1;
import scala.collection.Iterator;

/** The step that passes on {@link ShuffledRows}. Immutable. Runs on: driver. */
public final class ShuffledRowsExec extends PassingExec {

  private static final long serialVersionUID = 1;

  private final ServedQuery served;
  private final int id;

  /**
   * @param id the column with the request's id
   * @param child whose rows come from a shuffle
   */
  public ShuffledRowsExec(ServedQuery served, int id, SparkPlan child) {
    super(child, served, id);
    this.served = served;
    this.id = id;
  }

  @Override
  protected Function1<Iterator<InternalRow>, Iterator<InternalRow>> passing() {
    return new ShuffledRows.Maker(served, id);
  }

  @Override
  protected PassingExec above(SparkPlan other) {
    return new ShuffledRowsExec(served, id, other);
  }
}
