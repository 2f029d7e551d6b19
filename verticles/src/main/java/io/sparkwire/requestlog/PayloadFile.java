package io.sparkwire.requestlog;

import io.sparkwire.telemetry.PayloadFileOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * One file of the payload log. Its name begins with a dot, so that Spark ignores it, until it is
 * complete. What is written at once is a whole number of records, and where files are compressed, a
 * whole member of gzip. Not thread-safe.
 */
final class PayloadFile {

  private final Path directory;
  private final String name;
  private final PayloadFileOptions options;
  private final AppendedFile.Opener opener;
  private final long begunNanos;
  private final Bytes records = new Bytes();
  private final JsonWriter json = new JsonWriter(records);
  private final ByteArrayOutputStream compressed = new ByteArrayOutputStream();
  private int count;
  private long size;
  private AppendedFile file;

  /**
   * @param directory which is made when there is something to write
   */
  PayloadFile(
      Path directory,
      String name,
      PayloadFileOptions options,
      AppendedFile.Opener opener,
      long begunNanos) {
    this.directory = directory;
    this.name = name + (options.compressed() ? ".json.gz" : ".json");
    this.options = options;
    this.opener = opener;
    this.begunNanos = begunNanos;
  }

  /** Takes the fields of a record, which then {@linkplain #ends ends}. */
  JsonWriter record() {
    return json;
  }

  /** A record has ended. */
  void ends() {
    count++;
  }

  /** Takes records that were made elsewhere. */
  void add(PayloadBatch batch) {
    records.add(batch.bytes(), 0, batch.length());
    count += batch.entries();
  }

  /** How many bytes wait to be written. */
  int waitingBytes() {
    return records.size();
  }

  /** How many records wait to be written. */
  int waiting() {
    return count;
  }

  /** Writes what waits, or drops it and fails. */
  void flush() throws IOException {
    if (count == 0) {
      return;
    }
    try {
      if (options.compressed()) {
        byte[] bytes = compressed();
        append(bytes, bytes.length);
      } else {
        append(records.array(), records.size());
      }
    } finally {
      records.clear();
      count = 0;
    }
  }

  private void append(byte[] bytes, int length) throws IOException {
    if (file == null) {
      Files.createDirectories(directory);
      file = opener.open(hidden());
    }
    file.append(bytes, length);
    size += length;
  }

  private byte[] compressed() throws IOException {
    compressed.reset();
    try (OutputStream gzip = new FastGzip(compressed)) {
      gzip.write(records.array(), 0, records.size());
    }
    return compressed.toByteArray();
  }

  private Path hidden() {
    return directory.resolve("." + name);
  }

  /** Whether it is large or old enough. */
  boolean isComplete(long nanoTime) {
    return size >= options.bytes() || nanoTime - begunNanos >= options.age().toNanos();
  }

  /** Shows it to readers, if anything was written. */
  void close() throws IOException {
    if (file == null) {
      return;
    }
    file.close();
    if (size > 0) {
      Files.move(hidden(), directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } else {
      Files.deleteIfExists(hidden());
    }
  }

  /** Most of what compression gains it gains at its lowest level. */
  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
