package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.Utils;

/**
 * The metadata of a saved model, or of one stage of it: enough to say which stage does not load,
 * and why, before Spark loads it.
 *
 * <p>Immutable. Runs on: driver, its main thread.
 *
 * @param directory where it is saved
 * @param place which stage of its model it is, for messages; empty for the model itself
 * @param metadata the one line of JSON that each saved stage has
 * @param stages those that a pipeline has
 */
record SavedStage(Path directory, String place, JsonObject metadata, List<SavedStage> stages) {

  private static final String PYTHON = "pyspark.";
  private static final String PYTHON_PIPELINE = "pyspark.ml.pipeline.PipelineModel";
  private static final String ADVICE =
      "save its trained parts that Spark itself has, such as bestModel, or compute that step in --sql";

  /**
   * @throws IllegalStateException if there are no metadata, or they cannot be read
   */
  static SavedStage read(Path directory) {
    return read(directory, "");
  }

  private static SavedStage read(Path directory, String place) {
    SavedStage bare = new SavedStage(directory, place, metadata(directory, place), List.of());
    List<SavedStage> stages = new ArrayList<>();
    JsonArray uids = bare.params().getJsonArray("stageUids", new JsonArray());
    if (bare.className().endsWith(".PipelineModel")) {
      for (int i = 0; i < uids.size(); i++) {
        String below =
            "stage %d of %d%s".formatted(i + 1, uids.size(), place.isEmpty() ? "" : " of " + place);
        stages.add(read(bare.directoryOf(i, uids), below));
      }
    }
    return new SavedStage(directory, place, bare.metadata, List.copyOf(stages));
  }

  private static JsonObject metadata(Path directory, String place) {
    try (Stream<Path> files = Files.list(directory.resolve("metadata"))) {
      Path part =
          files
              .filter(file -> file.getFileName().toString().matches("part-.*(?<!\\.crc)"))
              .sorted()
              .findFirst()
              .orElseThrow(() -> new IOException("it has no file part-… in it"));
      return new JsonObject(Files.readString(part).lines().findFirst().orElse(""));
    } catch (IOException | UncheckedIOException | DecodeException e) {
      throw new IllegalStateException(
          "%s in '%s' has no metadata that can be read: %s"
              .formatted(place.isEmpty() ? "the model" : place, directory, FirstLine.of(e)),
          e);
    }
  }

  /** Spark writes the number of a stage with as many digits as the last one has. */
  private Path directoryOf(int stage, JsonArray uids) {
    int digits = Integer.toString(uids.size()).length();
    String number = "%0" + digits + "d";
    return directory
        .resolve("stages")
        .resolve(number.formatted(stage) + "_" + uids.getString(stage));
  }

  private JsonObject params() {
    return metadata.getValue("paramMap") instanceof JsonObject params ? params : new JsonObject();
  }

  private String className() {
    return metadata.getString("class", "");
  }

  private boolean isPythonPipeline() {
    return className().equals(PYTHON_PIPELINE);
  }

  /**
   * Checks what can be checked without Spark, of it and of its stages.
   *
   * @throws IllegalStateException if Spark could not load it; says which stage, why, and what to do
   */
  void check() {
    for (String needed : List.of("class", "uid", "sparkVersion")) {
      require(metadata.getValue(needed) instanceof String, lacks(needed));
    }
    if (!isPythonPipeline()) {
      require(!isPython(), "is written in Python and does not run in the JVM; " + ADVICE);
      Class<?> found = loaded();
      require(
          found != null,
          "needs a class that is not on the class path; start with 'spark-submit --jars' and its jar");
      require(
          place.isEmpty() || Transformer.class.isAssignableFrom(found),
          "is no transformer in this version of Spark, so it has to be trained again: save what its fit() gives");
    }
    stages.forEach(SavedStage::check);
  }

  private String lacks(String needed) {
    return className().startsWith("org.apache.spark.mllib.")
        ? "was saved by spark.mllib, whose models work on RDDs alone; train it with spark.ml"
        : "has metadata without '" + needed + "', so Spark did not write them whole; save it again";
  }

  private boolean isPython() {
    return className().startsWith(PYTHON) || "Python".equals(params().getString("language"));
  }

  private Class<?> loaded() {
    try {
      return Class.forName(className(), false, Utils.getContextOrSparkClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private void require(boolean holds, String duty) {
    if (!holds) {
      throw new IllegalStateException(what() + " " + duty);
    }
  }

  private String what() {
    return "%s in '%s' (%s, uid %s, saved by Spark %s)"
        .formatted(
            place.isEmpty() ? "the model" : place,
            directory,
            className().isEmpty() ? "no class" : className(),
            metadata.getString("uid", "none"),
            metadata.getString("sparkVersion", "of an unknown version"));
  }

  /**
   * Loads it. PySpark saves a pipeline with another pipeline inside as one of Python, although all
   * of its stages are Spark's own.
   *
   * @throws IllegalStateException if it or one of its stages cannot be loaded; says which, and why
   */
  Object load(SparkSession spark) {
    try {
      return isPythonPipeline()
          ? pipeline(spark)
          : DefaultParamsReader.loadParamsInstance(address(), spark);
    } catch (Exception e) { // Scala declares nothing of what it throws
      if (e instanceof IllegalStateException known) {
        throw known;
      }
      stages.forEach(stage -> stage.load(spark)); // the one that fails says why
      throw new IllegalStateException(what() + " does not load: " + FirstLine.of(e), e);
    }
  }

  private PipelineModel pipeline(SparkSession spark) {
    List<Transformer> loaded = new ArrayList<>();
    stages.forEach(stage -> loaded.add((Transformer) stage.load(spark)));
    return new PipelineModel(metadata.getString("uid"), loaded);
  }

  private String address() {
    return directory.toUri().toString();
  }
}
