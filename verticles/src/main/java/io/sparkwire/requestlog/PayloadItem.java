package io.sparkwire.requestlog;

/** What the thread of a payload log gets: records, or one request that it makes a record of. */
sealed interface PayloadItem extends LogEntry permits PayloadBatch, PayloadEntry {

  /** Where it belongs. */
  Partition partition();
}
