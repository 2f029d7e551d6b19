package io.sparkwire.cluster;

import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HeapEpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.message.NodeId;
import io.sparkwire.replystore.HeapReplyStore;
import io.sparkwire.replystore.ReplyStore;
import java.util.function.LongSupplier;

/** The membership of a node that is a cluster of its own. Thread-safe. */
record LocalMembership(Directory directory, ReplyStore keptReplies, LongSupplier ids)
    implements Membership {

  static LocalMembership of(NodeId self) {
    long mostBytes = Runtime.getRuntime().maxMemory() / 100 * ReplyStore.HEAP_PERCENTAGE;
    return new LocalMembership(
        new LocalDirectory(self),
        new HeapReplyStore(mostBytes, System::nanoTime),
        new ClockIds(System::currentTimeMillis));
  }

  /** On the heap in every mode: there is no other node to share it with. */
  @Override
  public EpochHistory history(HistoryMode mode, Claims claims) {
    return new HeapEpochHistory();
  }

  @Override
  public void leave() {
    // There is no cluster to leave.
  }
}
