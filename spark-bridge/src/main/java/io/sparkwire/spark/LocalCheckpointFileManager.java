package io.sparkwire.spark;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.execution.streaming.checkpointing.FileContextBasedCheckpointFileManager;
import org.apache.spark.unsafe.Platform;

/**
 * Spark's manager of checkpoint files, which writes to the local file system without Hadoop.
 *
 * <p>There Hadoop runs {@code chmod} and {@code readlink} for every file, several processes at each
 * end of an epoch, on the cores that the requests need. On every other file system it only
 * delegates to Spark's manager.
 *
 * <p>Thread-safe. Runs on: driver, and executors where a query has state.
 */
public final class LocalCheckpointFileManager extends FileContextBasedCheckpointFileManager {

  /** Spark's setting that names the manager. */
  static final String SETTING = "spark.sql.streaming.checkpointFileManagerClass";

  /** Called by Spark. */
  public LocalCheckpointFileManager(Path path, Configuration hadoop) {
    super(path, hadoop);
  }

  @Override
  public FSDataOutputStream createTempFile(Path path) {
    if (!isLocal()) {
      return super.createTempFile(path);
    }
    try {
      return new FSDataOutputStream(
          new BufferedOutputStream(Files.newOutputStream(local(path))), null);
    } catch (IOException e) {
      throw asIs(e);
    }
  }

  @Override
  public void renameTempFile(Path from, Path to, boolean overwrite) {
    if (!isLocal()) {
      super.renameTempFile(from, to, overwrite);
      return;
    }
    try {
      java.nio.file.Path target = local(to);
      if (!overwrite && Files.exists(target)) {
        throw new FileAlreadyExistsException(target.toString());
      }
      Files.deleteIfExists(local(checksum(to))); // that of a file which was there before
      Files.move(local(from), target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw asIs(e);
    }
  }

  /** Where Hadoop keeps the checksum of a file. */
  private static Path checksum(Path file) {
    return new Path(file.getParent(), "." + file.getName() + ".crc");
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }

  /**
   * Throws it although the method in Scala declares nothing, because Spark distinguishes exceptions
   * by type.
   */
  private static UncheckedIOException asIs(IOException e) {
    Platform.throwException(e);
    return new UncheckedIOException(e); // not reached
  }
}
