package io.sparkwire.intake;

import io.sparkwire.message.PendingRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The requests of one reader whose rows have not come out of the pipeline yet, where one thread
 * reads ahead and the task takes what it has read, as under the continuous trigger.
 *
 * <p>The task takes rows in the order in which they went in, and wants the next one when it is
 * through with those before. Requests that are still open then were left out.
 *
 * <p>Rows may go in before it is known whether the pipeline passes them on one by one; until then
 * they are kept up to {@value #MOST_UNKNOWN}. Thread-safe by its own lock, which only the reader
 * and the task take; {@link #takes} and {@link #wantsNext} are for the task's thread alone.
 */
public final class RowsInOrder {

  /** More than Spark reads ahead before its task computes anything. */
  static final int MOST_UNKNOWN = 4_096;

  private final LeftOut leftOut;
  private final Deque<Inside> inside = new ArrayDeque<>();
  private Passing passing = Passing.UNKNOWN;
  private long taken;
  private long cameOut;

  /** A row, and whether its request has no further ones. */
  private record Inside(PendingRequest request, boolean last) {}

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
   * A row is about to go in.
   *
   * @param last whether it is the last one of its request
   */
  public synchronized void goesIn(PendingRequest request, boolean last) {
    if (passing == Passing.UNKNOWN && inside.size() >= MOST_UNKNOWN) {
      pass(false);
    }
    if (passing != Passing.OTHERWISE) {
      inside.add(new Inside(request, last));
    }
  }

  /** The task takes a row. */
  public void takes() {
    taken++;
  }

  /** The task wants another row: all that it has taken have come out. */
  public void wantsNext() {
    if (cameOut < taken) {
      takenOnes().forEach(leftOut::answer);
    }
  }

  private synchronized List<PendingRequest> takenOnes() {
    if (passing != Passing.ONE_BY_ONE) {
      return List.of();
    }
    List<PendingRequest> open = new ArrayList<>();
    for (; cameOut < taken; cameOut++) {
      Inside out = inside.remove();
      if (out.last() && out.request().isOpen()) {
        open.add(out.request());
      }
    }
    return open;
  }
}
