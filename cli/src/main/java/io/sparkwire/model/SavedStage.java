package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * @param files those of the model
 * @param directory where it is saved
 * @param place which part of its model it is, for messages; empty for the model itself
 * @param metadata the one line of JSON that each saved stage has
 * @param parts the stages of a pipeline, or the best model of a search
 */
record SavedStage(
    SavedFiles files, String directory, String place, JsonObject metadata, List<SavedStage> parts) {

  private static final String PYTHON = "pyspark.";
  private static final String NETWORKS = "io.sparkwire.onnx.";
  private static final String PYTHON_PIPELINE = "pyspark.ml.pipeline.PipelineModel";

  /** Models of a search for params, without the package, which is of Spark or of PySpark. */
  private static final Set<String> SEARCHES =
      Set.of("ml.tuning.CrossValidatorModel", "ml.tuning.TrainValidationSplitModel");

  private static final String ADVICE =
      "save its trained parts that Spark itself has, such as bestModel, or compute that step in"
          + " --sql";

  /**
   * @throws IllegalStateException if there are no metadata, or they cannot be read
   */
  static SavedStage read(SavedFiles files, String directory) {
    return read(files, directory, "");
  }

  private static SavedStage read(SavedFiles files, String directory, String place) {
    JsonObject metadata = metadata(files, directory, place);
    SavedStage bare = new SavedStage(files, directory, place, metadata, List.of());
    List<SavedStage> parts = bare.isSearch() ? List.of(bare.bestModel()) : bare.stages();
    return new SavedStage(files, directory, place, metadata, parts);
  }

  private static JsonObject metadata(SavedFiles files, String directory, String place) {
    try {
      String text = files.firstPart(files.below(directory, "metadata"));
      return new JsonObject(text.lines().findFirst().orElse(""));
    } catch (IOException | UncheckedIOException | DecodeException e) {
      throw new IllegalStateException(
          "%s in '%s' has no metadata that can be read: %s"
              .formatted(place.isEmpty() ? "the model" : place, directory, FirstLine.of(e)),
          e);
    }
  }

  private SavedStage bestModel() {
    return part("bestModel", "the best model");
  }

  private List<SavedStage> stages() {
    List<SavedStage> stages = new ArrayList<>();
    if (className().endsWith(".PipelineModel")) {
      JsonArray uids = params().getJsonArray("stageUids", new JsonArray());
      for (int i = 0; i < uids.size(); i++) {
        stages.add(part(nameOf(i, uids), "stage %d of %d".formatted(i + 1, uids.size())));
      }
    }
    return List.copyOf(stages);
  }

  private SavedStage part(String name, String role) {
    return read(
        files, files.below(directory, name), place.isEmpty() ? role : role + " of " + place);
  }

  /** Spark writes the number of a stage with as many digits as the last one has. */
  private static String nameOf(int stage, JsonArray uids) {
    String number = "%0" + Integer.toString(uids.size()).length() + "d";
    return "stages/" + number.formatted(stage) + "_" + uids.getString(stage);
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

  /** Whether it is the model of a search for params, which predicts as its best model does. */
  private boolean isSearch() {
    return SEARCHES.contains(className().replaceFirst("^(py|org\\.apache\\.)spark\\.", ""));
  }

  /**
   * Checks what can be checked without Spark, of it and of its stages.
   *
   * @throws IllegalStateException if Spark could not load it, or is not allowed to; says which
   *     stage, why, and what to do
   */
  void check(AllowedStages allowed) {
    for (String needed : List.of("class", "uid", "sparkVersion")) {
      require(metadata.getValue(needed) instanceof String, lacks(needed));
    }
    if (!isPythonPipeline() && !isSearch()) {
      require(!isPython(), "is written in Python and does not run in the JVM; " + ADVICE);
      require(allowed.allows(className()), allowed.refusal(className()));
      Class<?> found = knownClass();
      require(found != null, needsItsJar());
      require(
          place.isEmpty() || Transformer.class.isAssignableFrom(found),
          "is no transformer in this version of Spark, so it has to be trained again: save what its"
              + " fit() gives");
    }
    parts.forEach(part -> part.check(allowed));
  }

  private String lacks(String needed) {
    return className().startsWith("org.apache.spark.mllib.")
        ? "was saved by spark.mllib, whose models work on RDDs alone; train it with spark.ml"
        : "has metadata without '" + needed + "', so Spark did not write them whole; save it again";
  }

  private String needsItsJar() {
    return className().startsWith(NETWORKS)
        ? "needs sparkwire-onnx.jar, which is not there; put it beside sparkwire.jar, or on the"
            + " class path with --jars"
        : "needs a class that is not on the class path; start with 'spark-submit --jars' and its"
            + " jar";
  }

  private boolean isPython() {
    return className().startsWith(PYTHON) || "Python".equals(params().getString("language"));
  }

  private Class<?> knownClass() {
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
   * Loads it. PySpark saves some pipelines and searches as models of Python, although all of their
   * parts are Spark's own.
   *
   * @param check of what Spark is going to load
   * @throws IllegalStateException if it or one of its parts cannot be loaded or is not allowed;
   *     says which, and why
   */
  Object load(SparkSession spark, StageCheck check) {
    if (isSearch()) {
      return parts.get(0).load(spark, check);
    }
    if (isPythonPipeline()) {
      return pipeline(spark, check);
    }
    check.check(files.address(directory));
    return loaded(spark);
  }

  private PipelineModel pipeline(SparkSession spark, StageCheck check) {
    List<Transformer> loaded = new ArrayList<>();
    parts.forEach(part -> loaded.add((Transformer) part.load(spark, check)));
    return new PipelineModel(metadata.getString("uid"), loaded);
  }

  /** It as Spark loads it, with its parts. */
  private Object loaded(SparkSession spark) {
    try {
      return DefaultParamsReader.loadParamsInstance(files.address(directory), spark);
    } catch (Exception e) { // Scala declares nothing of what it throws
      parts.forEach(part -> part.loaded(spark)); // the one that fails says why
      throw new IllegalStateException(what() + " does not load: " + FirstLine.of(e), e);
    }
  }
}
