package io.sparkwire.cluster;

import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.replystore.ReplyStore;
import java.util.function.LongSupplier;

/** A node's part in its cluster. Thread-safe. */
interface Membership {

  Directory directory();

  /** A new history for this node's readers. */
  EpochHistory history(HistoryMode mode, Claims claims);

  /** The replies that outlive their connections, and in a cluster this node. */
  ReplyStore keptReplies();

  /** Gives numbers that no node of the cluster gets twice, each greater than the one before. */
  LongSupplier ids();

  /** Leaves the cluster. Blocks. */
  void leave();
}
