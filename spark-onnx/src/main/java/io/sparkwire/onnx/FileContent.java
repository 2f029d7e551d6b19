package io.sparkwire.onnx;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** The content of files that stages are made of. Stateless. Runs on: driver. */
final class FileContent {

  private FileContent() {}

  /**
   * All of a file.
   *
   * @param path a file of this machine, or an address that Spark reads, such as {@code hdfs://…}
   * @throws IllegalArgumentException if it cannot be read; says why
   */
  static byte[] read(SparkSession spark, String path) {
    Path file = new Path(path);
    try {
      FileSystem files = file.getFileSystem(spark.sparkContext().hadoopConfiguration());
      try (InputStream in = files.open(file)) {
        return in.readAllBytes();
      }
    } catch (FileNotFoundException e) {
      throw new IllegalArgumentException("there is no file '" + path + "'", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("cannot read '" + path + "': " + e.getMessage(), e);
    }
  }
}
