package io.sparkwire.cluster;

import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HistoryMode;
import io.sparkwire.history.KeptReplies;

/** A node's part in its cluster. Thread-safe. */
interface Membership {

  Directory directory();

  /** A new history for this node's readers. */
  EpochHistory history(HistoryMode mode, Claims claims);

  /** The replies that outlive their connections, and in a cluster this node. */
  KeptReplies keptReplies();

  /** Leaves the cluster. Blocks. */
  void leave();
}
