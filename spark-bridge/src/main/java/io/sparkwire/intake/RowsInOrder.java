package io.sparkwire.intake;

import io.sparkwire.message.PendingRequest;
import io.sparkwire.message.RowId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The requests of one reader whose rows have not come out of the pipeline yet, where one thread
 * reads ahead and another computes, as under the continuous trigger.
 *
 * <p>Rows come out in the order in which they went in. So when the row of one request is written,
 * all that went in before it have come out; those that are still open then were left out. The last
 * ones are known to have come out when Spark says how many rows its epoch had.
 *
 * <p>Rows may go in before it is known whether the pipeline passes them on one by one; until then
 * they are kept up to {@value #MOST_UNKNOWN}. Thread-safe by its own lock, which only the reader,
 * the writer and the end of an epoch take.
 */
public final class RowsInOrder {

  /** More than Spark reads ahead before its task computes anything. */
  static final int MOST_UNKNOWN = 4_096;

  private final LeftOut leftOut;
  private final Deque<Inside> inside = new ArrayDeque<>();
  private Passing passing = Passing.UNKNOWN;
  private long wentIn;
  private long cameOut;

  /** A row, and whether its request has no further ones. */
  private record Inside(PendingRequest request, int row, boolean last) {

    boolean is(RowId id) {
      return row == id.row() && request.request().id().equals(id.request());
    }
  }

  RowsInOrder(LeftOut leftOut) {
    this.leftOut = leftOut;
  }

  /** What is known of the way of rows through the pipeline. */
  private enum Passing {
    UNKNOWN,
    ONE_BY_ONE,
    OTHERWISE
  }

  /** Sets how rows pass; only the first call counts. */
  public synchronized void pass(boolean oneByOne) {
    if (passing == Passing.UNKNOWN) {
      passing = oneByOne ? Passing.ONE_BY_ONE : Passing.OTHERWISE;
    }
    if (passing == Passing.OTHERWISE) {
      inside.clear();
    }
  }

  /**
   * A row is about to go in; returns how many have gone in, with this one.
   *
   * @param row its place in its request
   * @param last whether it is the last one of that
   */
  public synchronized long goesIn(PendingRequest request, int row, boolean last) {
    wentIn++;
    if (passing == Passing.UNKNOWN && inside.size() >= MOST_UNKNOWN) {
      pass(false);
    }
    if (passing != Passing.OTHERWISE) {
      inside.add(new Inside(request, row, last));
    }
    return wentIn;
  }

  /** A row has come out, for the first time. */
  public void written(RowId id) {
    until(id).forEach(leftOut::answer);
  }

  /** Takes out all up to that one; returns those requests that have ended by that, and are open. */
  private synchronized List<PendingRequest> until(RowId id) {
    if (inside.isEmpty() || !(inside.peek().is(id) || isInside(id))) {
      return List.of(); // it is not of this reader
    }
    List<PendingRequest> open = List.of();
    Inside out;
    do {
      out = next();
      open = with(open, out);
    } while (!out.is(id));
    return open;
  }

  private boolean isInside(RowId id) {
    return inside.stream().anyMatch(row -> row.is(id));
  }

  /** That many of all rows that went in have come out. */
  public void cameOut(long rows) {
    firstOf(rows).forEach(leftOut::answer);
  }

  private synchronized List<PendingRequest> firstOf(long rows) {
    List<PendingRequest> open = List.of();
    while (passing == Passing.ONE_BY_ONE && cameOut < rows && !inside.isEmpty()) {
      open = with(open, next());
    }
    return open;
  }

  private Inside next() {
    cameOut++;
    return inside.remove();
  }

  private static List<PendingRequest> with(List<PendingRequest> open, Inside out) {
    if (!out.last() || !out.request().isOpen()) {
      return open;
    }
    List<PendingRequest> more = new ArrayList<>(open);
    more.add(out.request());
    return more;
  }
}
