package io.sparkwire.model;

import io.sparkwire.onnx.OnnxModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A deep network in a file of the format ONNX, served with no pipeline. Immutable.
 *
 * @param text a file of this machine, or an address that Spark can read
 * @param threads for one operator; 0 for one on each core
 * @param batchRows how many rows are computed at once at most
 * @param provider what computes it: {@code CPU} or {@code CUDA}
 */
public record NetworkLocation(String text, int threads, int batchRows, String provider)
    implements ModelSource {

  private static final String ADD_ON = "io.sparkwire.onnx.OnnxModel";

  @Override
  public String name() {
    return new ModelLocation(text).name().replaceFirst("(?<=.)\\.onnx$", "");
  }

  @Override
  public String argument() {
    return "--onnx " + ModelLocation.quoted(text);
  }

  @Override
  public void check(AllowedStages allowed) {
    checkAddOn();
    if (new ModelLocation(text).isLocal() && !Files.isRegularFile(Path.of(text))) {
      throw new IllegalStateException(
          "there is no file '" + text + "' to load a network from; check --onnx");
    }
  }

  private static void checkAddOn() {
    try {
      Class.forName(ADD_ON, false, NetworkLocation.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "networks need sparkwire-onnx.jar, which is not there; put it beside sparkwire.jar, or on the class path with --jars",
          e);
    }
  }

  @Override
  public Transformer load(SparkSession spark, AllowedStages allowed) {
    try {
      return new OnnxModel()
          .setModelFile(text)
          .setThreads(threads)
          .setMiniBatchSize(batchRows)
          .setExecutionProvider(provider);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("'" + text + "' cannot be served: " + e.getMessage(), e);
    }
  }

  @Override
  public Optional<StructType> signature(SparkSession spark) {
    return Optional.empty();
  }
}
