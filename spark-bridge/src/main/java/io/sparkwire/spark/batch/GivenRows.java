package io.sparkwire.spark.batch;

import io.sparkwire.message.RowId;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The rows of one result on their way to the steps above, which are through with a row when they
 * ask for the next one.
 *
 * <p>Runs on: the thread that asks for rows. Not thread-safe.
 */
final class GivenRows implements Iterator<InternalRow> {

  private final RowResult result;
  private final LeftOutRows leftOut;
  private final Iterator<InternalRow> rows;
  private final Set<RowId> arrived = new HashSet<>();
  private InternalRow given;
  private long passedBefore;
  private boolean anyArrived;
  private boolean ended;

  GivenRows(RowResult result, LeftOutRows leftOut) {
    this.result = result;
    this.leftOut = leftOut;
    this.rows = result.rows().iterator();
  }

  @Override
  public boolean hasNext() {
    if (given != null) {
      noteGiven();
    }
    if (!rows.hasNext() && !ended) {
      ended = true;
      answerMissing();
    }
    return rows.hasNext();
  }

  /** What was given last has passed the steps above, or was left out there. */
  private void noteGiven() {
    boolean hasArrived = passedBefore < 0 || leftOut.passed() > passedBefore;
    anyArrived |= hasArrived;
    if (hasArrived && result.inputs().size() > 1) {
      arrived.add(leftOut.rowOf(given));
    }
    given = null;
  }

  private void answerMissing() {
    boolean all = anyArrived && result.inputs().size() <= 1;
    if (!all && leftOut.areKnown()) {
      leftOut.answer(result.inputs(), arrived);
    }
  }

  @Override
  public InternalRow next() {
    given = rows.next();
    passedBefore = leftOut.passed();
    return given;
  }
}
