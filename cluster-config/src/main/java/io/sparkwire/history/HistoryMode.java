package io.sparkwire.history;

/** How far the memory of a cluster's workers reaches. */
public enum HistoryMode {
  /** As far as the JVM: it is on the heap, and lost with it. */
  LOCAL,
  /** Other nodes have it a few milliseconds later; no request waits for that. */
  ASYNC,
  /** Other nodes have it before a request enters the pipeline. */
  SYNC
}
