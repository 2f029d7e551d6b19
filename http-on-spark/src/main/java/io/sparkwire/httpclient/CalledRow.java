package io.sparkwire.httpclient;

import org.apache.spark.sql.catalyst.InternalRow;

/**
 * A row whose calls have ended, as an object of a plan.
 *
 * <p>It has a class of its own because Spark leaves out the step between an object that one stage
 * makes and an object of the same class that the next one reads, and their columns may differ.
 * Public for generated code.
 */
public final class CalledRow {

  private final InternalRow row;

  CalledRow(InternalRow row) {
    this.row = row;
  }

  /** The row's own columns, and then one of {@link HttpSchema#OUTCOME} for each call. */
  public InternalRow row() {
    return row;
  }
}
