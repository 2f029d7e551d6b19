package io.sparkwire.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.util.ShutdownHookManager;

/**
 * Directories that are deleted with the JVM and that only its user can enter, because their files
 * may contain requests. Stateless.
 */
public final class TemporaryDirectory {

  private TemporaryDirectory() {}

  /**
   * Makes one.
   *
   * @throws IllegalStateException if that cannot be done
   */
  public static Path create(String name) {
    try {
      Path directory = Files.createTempDirectory(name + "-"); // for its owner alone
      ShutdownHookManager.registerShutdownDeleteDir(directory.toFile());
      return directory;
    } catch (IOException e) {
      throw new IllegalStateException("cannot make a temporary directory: " + e, e);
    }
  }
}
