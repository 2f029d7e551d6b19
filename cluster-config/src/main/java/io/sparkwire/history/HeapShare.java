package io.sparkwire.history;

import io.sparkwire.protocol.PendingRequest;
import java.util.List;

/** An attempt as the heap keeps it, until another takes over. Thread-safe. */
interface HeapShare extends EpochHistory.Attempt {

  /** What nobody has finished, in the order in which another attempt should take it. */
  List<PendingRequest> unfinished();

  /** Records nothing from now on; returns what is unfinished. */
  List<PendingRequest> end();
}
