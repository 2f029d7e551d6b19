package io.sparkwire.cluster;

import io.sparkwire.history.Claims;
import io.sparkwire.history.EpochHistory;
import io.sparkwire.history.HeapEpochHistory;
import io.sparkwire.history.HistoryMode;

/** The membership of a node that is a cluster of its own. Thread-safe. */
record LocalMembership(Directory directory) implements Membership {

  /** On the heap in every mode: there is nobody to share it with. */
  @Override
  public EpochHistory history(HistoryMode mode, Claims claims) {
    return new HeapEpochHistory();
  }

  @Override
  public void leave() {
    // There is nobody to leave.
  }
}
