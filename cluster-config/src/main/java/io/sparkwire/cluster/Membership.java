package io.sparkwire.cluster;

import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HistoryMode;

/** A node's part in its cluster. Thread-safe. */
interface Membership {

  Directory directory();

  /** A new history for this node's readers. */
  EpochHistory history(HistoryMode mode, Claims claims);

  /** Leaves the cluster. Blocks. */
  void leave();
}
