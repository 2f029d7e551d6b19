package io.sparkwire.onnx;

import java.util.function.BiConsumer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;

/** The reader of a stage that has a file beside its metadata. Runs on: driver. */
final class FileReader<T> extends MLReader<T> {

  private final String name;
  private final BiConsumer<T, byte[]> give;

  /**
   * @param name of the file, within the stage's directory
   * @param give gives the stage the file's content
   */
  FileReader(String name, BiConsumer<T, byte[]> give) {
    this.name = name;
    this.give = give;
  }

  @Override
  public T load(String path) {
    SparkSession spark = sparkSession();
    DefaultParamsReader<T> params = new DefaultParamsReader<>();
    params.session(spark);
    T stage = params.load(path);
    give.accept(stage, FileContent.read(spark, path + "/" + name));
    return stage;
  }
}
