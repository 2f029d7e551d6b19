package io.sparkwire.requestlog;

import io.sparkwire.telemetry.AccessLogOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The file of an access log, or standard output. A file that was moved away, as for rotation, is
 * followed by a new one within a second. Runs on: the log's thread.
 */
final class AccessFile implements LogSink<LineBatch> {

  /** A write costs more than its bytes. */
  private static final int WRITTEN_AT = 1 << 18;

  private static final long CHECK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Null for standard output. */
  private final Path path;

  private final DroppedEntries dropped;
  private final LongSupplier nanoTime;
  private final Bytes lines = new Bytes();
  private int waiting;
  private AppendedFile file;
  private Object fileKey;
  private long checkedAt;
  private boolean failed;
  private long failedAt;

  /**
   * @throws IOException if it cannot be opened
   */
  AccessFile(AccessLogOptions options, DroppedEntries dropped, LongSupplier nanoTime)
      throws IOException {
    this.path = options.isStandardOutput() ? null : Path.of(options.file());
    this.dropped = dropped;
    this.nanoTime = nanoTime;
    this.checkedAt = nanoTime.getAsLong();
    if (path == null) {
      file = AppendedFile.standardOutput();
    } else {
      open();
    }
  }

  private void open() throws IOException {
    file = AppendedFile.open(path);
    fileKey = keyOf(path);
  }

  /** What distinguishes the file at a path from others; null if there is none. */
  private static Object keyOf(Path path) {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public void write(LineBatch batch) {
    lines.add(batch.bytes(), 0, batch.length());
    waiting += batch.entries();
    if (lines.size() >= WRITTEN_AT) {
      flush();
    }
  }

  @Override
  public void flush() {
    if (waiting == 0) {
      return;
    }
    try {
      followMoves();
      file.append(lines.array(), lines.size());
      failed = false;
    } catch (IOException e) {
      dropped.add(waiting, Reason.of(e));
      failed = true;
      failedAt = nanoTime.getAsLong();
    }
    lines.clear();
    waiting = 0;
  }

  private void followMoves() throws IOException {
    if (path == null || (file != null && nanoTime.getAsLong() - checkedAt < CHECK_NANOS)) {
      return;
    }
    checkedAt = nanoTime.getAsLong();
    Object now = keyOf(path);
    if (file == null || now == null || !now.equals(fileKey)) {
      closeFile();
      open();
    }
  }

  private void closeFile() throws IOException {
    if (file != null) {
      AppendedFile last = file;
      file = null;
      last.close();
    }
  }

  @Override
  public boolean isBlocked() {
    return failed && nanoTime.getAsLong() - failedAt < CHECK_NANOS;
  }

  @Override
  public void check() {
    // The file is checked before the next line is written.
  }

  @Override
  public void close() {
    flush();
    try {
      if (path != null) {
        closeFile();
      }
    } catch (IOException e) {
      dropped.add(0, Reason.of(e));
    }
  }
}
