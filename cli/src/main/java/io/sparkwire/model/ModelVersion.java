package io.sparkwire.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;

/**
 * One version of a saved model, as its files were at one poll. Immutable.
 *
 * @param name its directory's, or when it was written if versions replace each other in place
 * @param files how many it has; if two polls find the same files, bytes and time, it is complete
 * @param bytes their size
 * @param changed when the youngest was written
 */
public record ModelVersion(String name, Path path, long files, long bytes, Instant changed) {

  /** Whether a model is there that can be served: saved by SparkML, or by MLflow. */
  static boolean isModel(Path directory) {
    return isSaved(directory) || Files.isRegularFile(directory.resolve(MlflowModel.FILE));
  }

  /** Whether a saved SparkML model is there, or part of one. */
  static boolean isSaved(Path directory) {
    return Files.isDirectory(directory.resolve("metadata"));
  }

  static ModelVersion named(Path path) {
    return read(path.getFileName().toString(), path);
  }

  static ModelVersion inPlace(Path path) {
    ModelVersion seen = read("", path);
    String written = seen.changed.truncatedTo(ChronoUnit.MILLIS).toString();
    return new ModelVersion(written, path, seen.files, seen.bytes, seen.changed);
  }

  private static ModelVersion read(String name, Path path) {
    long files = 0;
    long bytes = 0;
    Instant changed = Instant.EPOCH;
    try (Stream<Path> tree = Files.walk(path)) {
      for (Path file : (Iterable<Path>) tree::iterator) {
        FileTime time = Files.getLastModifiedTime(file);
        files++;
        bytes += Files.size(file);
        changed = changed.isAfter(time.toInstant()) ? changed : time.toInstant();
      }
    } catch (IOException | UncheckedIOException e) {
      return new ModelVersion(name, path, -1, -1, Instant.now()); // it changes while it is read
    }
    return new ModelVersion(name, path, files, bytes, changed);
  }

  public ModelLocation location() {
    return new ModelLocation(path.toString());
  }
}
