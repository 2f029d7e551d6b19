package io.sparkwire.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.spark.util.Utils;

/**
 * A directory of this machine that only its owner can enter, whatever the permissions of the files
 * in it.
 *
 * <p>Immutable.
 *
 * @param path absolute
 */
record PrivateDirectory(Path path) {

  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");

  /** Something that writes below an address. */
  @FunctionalInterface
  interface Content {
    void write(String address) throws IOException;
  }

  /**
   * Fills it anew. What was there before is replaced once all has been written, and at no time can
   * others read it.
   */
  void fill(Content content) throws IOException {
    Files.createDirectories(path.getParent());
    Path scratch = Files.createTempDirectory(path.getParent(), ".saving"); // which is private
    try {
      Path filled = scratch.resolve("new");
      content.write(SavedFiles.ofThisMachine(filled));
      if (Files.getFileStore(filled).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(filled, OWNER);
      }
      Utils.deleteRecursively(path.toFile());
      Files.move(filled, path);
    } finally {
      Utils.deleteRecursively(scratch.toFile());
    }
  }
}
