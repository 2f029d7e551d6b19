package io.sparkwire.requestlog;

import io.netty.util.concurrent.EventExecutor;

/**
 * The records of a payload log that one event loop writes of one service. Requests with large
 * bodies it gives to the log's thread, which writes them. Runs on: that event loop.
 */
final class LoopRecords {

  /** Bodies of a request and its reply together, up to which the event loop writes them. */
  private static final int MOST_BYTES = 1 << 14;

  private final LogWriter<PayloadItem> writer;
  private final DroppedEntries dropped;
  private final PayloadRecords records;
  private final LoopBuffer buffer;
  private final JsonWriter json;
  private Partition partition;

  LoopRecords(
      EventExecutor loop,
      LogWriter<PayloadItem> writer,
      DroppedEntries dropped,
      PayloadRecords records) {
    this.writer = writer;
    this.dropped = dropped;
    this.records = records;
    this.buffer =
        new LoopBuffer(
            loop,
            (bytes, length, entries) ->
                this.writer.offer(new PayloadBatch(partition, bytes, length, entries)));
    this.json = new JsonWriter(buffer.bytes());
  }

  /** Adds the record of a request. */
  void add(PayloadEntry entry) {
    if (entry.bodyBytes() > MOST_BYTES) {
      writer.offer(entry);
      return;
    }
    Partition own = entry.partition();
    if (!own.equals(partition)) {
      buffer.handOver();
      partition = own;
    }
    try {
      records.write(entry, json);
      buffer.ends();
    } catch (RuntimeException e) { // a fault of one must not end its connection
      dropped.add(1, e.toString());
      buffer.cut();
    }
  }

  /** Hands over what waits. Runs on: any other thread; blocks for a moment. */
  void close() {
    buffer.close();
  }
}
