package io.sparkwire.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;

/**
 * Where a saved SparkML model is: a directory of this machine, or an address that Spark can read,
 * such as {@code hdfs://…}.
 *
 * <p>Immutable.
 */
record ModelLocation(String text) {

  private static final Pattern ADDRESS = Pattern.compile("\\w[\\w.+-]+:/.*");

  /** The last part of its path, made fit for the name of a service. */
  String name() {
    String last = text.replaceFirst("/+$", "").replaceFirst(".*/", "");
    return last.isEmpty() || last.equals(".") || last.equals("..")
        ? Path.of(text).toAbsolutePath().normalize().getFileName().toString()
        : last.replaceAll("[^\\w.-]", "_");
  }

  boolean isLocal() {
    return !ADDRESS.matcher(text).matches();
  }

  /**
   * Checks, without Spark, what can be checked of a directory of this machine.
   *
   * @throws IllegalStateException if it is not there or is no saved model
   */
  void check() {
    if (!isLocal()) {
      return;
    }
    Path directory = Path.of(text);
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "there is no directory '" + text + "' to load a model from; check --model");
    }
    if (!ModelVersion.isModel(directory)) {
      throw new IllegalStateException(
          "the directory '"
              + text
              + "' holds no saved SparkML model: it has no 'metadata' inside; check --model");
    }
  }

  /**
   * Checks that saving here takes nothing away but an older model.
   *
   * @throws IllegalStateException if something else is there
   */
  void checkReplaceable() {
    if (isLocal() && !isAbsentOrEmpty(Path.of(text)) && !ModelVersion.isModel(Path.of(text))) {
      throw new IllegalStateException(
          "'" + text + "' is there already and is no saved model; choose another --save-to");
    }
  }

  private static boolean isAbsentOrEmpty(Path path) {
    String[] content = path.toFile().list();
    return !Files.exists(path) || (content != null && content.length == 0);
  }

  /** Saves a model here, in place of one that is here. */
  PipelineModel save(PipelineModel model) {
    try {
      model.write().overwrite().save(address());
      return model;
    } catch (IOException e) {
      throw new IllegalStateException("cannot save to '" + text + "': " + e.getMessage(), e);
    }
  }

  private String address() {
    return isLocal() ? Path.of(text).toUri().toString() : text;
  }

  /** Loads a model, or any other saved transformer, of whatever class it is. */
  Transformer load(SparkSession spark) {
    Object loaded;
    try {
      loaded = DefaultParamsReader.loadParamsInstance(address(), spark);
    } catch (RuntimeException e) {
      throw new IllegalStateException(
          "cannot load a model from '" + text + "': " + OneLineErrors.oneLine(e), e);
    }
    if (loaded instanceof Transformer transformer) {
      return transformer;
    }
    throw new IllegalStateException(
        "'"
            + text
            + "' holds a "
            + loaded.getClass().getSimpleName()
            + ", which cannot transform rows; save the model that its fit() gives");
  }
}
