package io.sparkwire.spark.plan;

import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A row that a {@link RowStep} has made, as an object of a plan.
 *
 * <p>It has a class of its own because Spark leaves out the step between an object that one step
 * makes and an object of the same class that the next one reads, and their columns may differ.
 * Public for generated code.
 */
public final class StepRow {

  private final InternalRow row;

  StepRow(InternalRow row) {
    this.row = row;
  }

  /** The columns that the step gives. */
  public InternalRow row() {
    return row;
  }
}
