package io.sparkwire.requestlog;

import io.sparkwire.message.NodeId;
import io.sparkwire.telemetry.PayloadLogOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * The files of a payload log, as partitions that Spark finds: {@code
 * service=NAME/date=2026-01-31/part-NODE-17.json}. Runs on: the log's thread.
 */
final class PayloadFiles implements LogSink<PayloadItem> {

  private static final int FLUSHED_AT = 1 << 18;
  private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PayloadLogOptions options;
  private final NodeId node;
  private final PayloadRecords records;
  private final DroppedEntries dropped;
  private final AppendedFile.Opener opener;
  private final LongSupplier nanoTime;
  private final Map<Partition, PayloadFile> open = new HashMap<>();
  private int number;
  private boolean failed;
  private long failedAt;

  PayloadFiles(
      NodeId node,
      PayloadLogOptions options,
      DroppedEntries dropped,
      AppendedFile.Opener opener,
      LongSupplier nanoTime) {
    this.node = node;
    this.options = options;
    this.records = new PayloadRecords(node, options);
    this.dropped = dropped;
    this.opener = opener;
    this.nanoTime = nanoTime;
  }

  @Override
  public void write(PayloadItem item) {
    PayloadFile file = open.computeIfAbsent(item.partition(), this::begin);
    if (item instanceof PayloadBatch batch) {
      file.add(batch);
    } else if (item instanceof PayloadEntry entry) {
      records.write(entry, file.record());
      file.ends();
    }
    if (file.waitingBytes() >= FLUSHED_AT) {
      flush(file);
    }
  }

  private PayloadFile begin(Partition partition) {
    return new PayloadFile(
        partition.in(Path.of(options.directory())),
        "part-" + node.text() + "-" + number++,
        options.files(),
        opener,
        nanoTime.getAsLong());
  }

  private void flush(PayloadFile file) {
    int waiting = file.waiting();
    try {
      file.flush();
      failed = failed && waiting == 0;
    } catch (IOException e) {
      failed(waiting, e);
    }
  }

  private void failed(int lost, IOException why) {
    dropped.add(lost, Reason.of(why));
    failed = true;
    failedAt = nanoTime.getAsLong();
  }

  @Override
  public void flush() {
    open.values().forEach(this::flush);
  }

  @Override
  public boolean isBlocked() {
    return failed && nanoTime.getAsLong() - failedAt < RETRY_NANOS;
  }

  @Override
  public void check() {
    long now = nanoTime.getAsLong();
    closeIf(file -> file.isComplete(now));
  }

  @Override
  public void close() {
    flush();
    closeIf(file -> true);
  }

  private void closeIf(Predicate<PayloadFile> condition) {
    List<PayloadFile> complete = new ArrayList<>(open.values());
    complete.removeIf(condition.negate());
    open.values().removeAll(complete);
    for (PayloadFile file : complete) {
      try {
        file.close();
      } catch (IOException e) {
        failed(0, e);
      }
    }
  }
}
