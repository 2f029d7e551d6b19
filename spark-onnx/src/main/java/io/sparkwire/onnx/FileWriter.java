package io.sparkwire.onnx;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** The writer of a stage that has a file beside its metadata. Runs on: driver. */
final class FileWriter extends MLWriter {

  private final Params stage;
  private final String name;
  private final byte[] content;

  /**
   * @param name of the file, within the stage's directory
   */
  FileWriter(Params stage, String name, byte[] content) {
    this.stage = stage;
    this.name = name;
    this.content = content;
  }

  @Override
  public void saveImpl(String path) {
    try {
      new DefaultParamsWriter(stage).session(sparkSession()).save(path);
      Path file = new Path(path, name);
      FileSystem files = file.getFileSystem(sparkSession().sparkContext().hadoopConfiguration());
      try (OutputStream out = files.create(file, false)) {
        out.write(content);
      }
    } catch (IOException e) {
      throw new IllegalStateException("cannot save '" + name + "' in '" + path + "'", e);
    }
  }
}
