package io.sparkwire.python;

import java.util.List;

/**
 * Files that Spark has distributed to this node. Immutable.
 *
 * @param directory where {@code SparkFiles.get} looks for files
 * @param includes absolute paths that go into {@code sys.path}: what {@code addPyFile} has added
 */
public record PythonFiles(String directory, List<String> includes) {

  public PythonFiles {
    includes = List.copyOf(includes);
  }
}
