package io.sparkwire.exchange;

import io.sparkwire.message.ServiceReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The replies to the rows of one request, until all of them are there. The first reply to a row
 * wins. Thread-safe.
 */
final class RowReplies {

  /** Null while there is none, empty if the row was left out. */
  private final AtomicReferenceArray<Optional<ServiceReply>> replies;

  private final AtomicInteger missing;

  RowReplies(int rows) {
    this.replies = new AtomicReferenceArray<>(rows);
    this.missing = new AtomicInteger(rows);
  }

  /**
   * Takes in the reply to a row.
   *
   * @return whether it is the first to that row
   */
  boolean put(int row, ServiceReply reply) {
    return put(row, Optional.of(reply));
  }

  private boolean put(int row, Optional<ServiceReply> reply) {
    boolean first = row < replies.length() && replies.compareAndSet(row, null, reply);
    if (first) {
      missing.decrementAndGet();
    }
    return first;
  }

  /** The row will have no reply. */
  void leaveOut(int row) {
    put(row, Optional.empty());
  }

  /** Whether each row has a reply, or was left out. */
  boolean isComplete() {
    return missing.get() == 0;
  }

  /** Those that are there, in the order of the rows. */
  List<ServiceReply> list() {
    List<ServiceReply> list = new ArrayList<>(replies.length());
    for (int row = 0; row < replies.length(); row++) {
      Optional<ServiceReply> reply = replies.get(row);
      if (reply != null && reply.isPresent()) {
        list.add(reply.get());
      }
    }
    return list;
  }
}
