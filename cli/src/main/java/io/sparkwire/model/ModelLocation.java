package io.sparkwire.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Where a saved SparkML model is: a directory of this machine, or an address that Spark can read,
 * such as {@code hdfs://…}.
 *
 * <p>Immutable.
 */
public record ModelLocation(String text) implements ModelSource {

  private static final Pattern ADDRESS = Pattern.compile("\\w[\\w.+-]+:/.*");

  /** The last part of its path, made fit for the name of a service. */
  @Override
  public String name() {
    String last = text.replaceFirst("/+$", "").replaceFirst(".*/", "");
    return last.isEmpty() || last.equals(".") || last.equals("..")
        ? Path.of(text).toAbsolutePath().normalize().getFileName().toString()
        : last.replaceAll("[^\\w.-]", "_");
  }

  public boolean isLocal() {
    return !ADDRESS.matcher(text).matches();
  }

  @Override
  public String argument() {
    return "--model " + quoted(text);
  }

  /** A text as a shell reads it. */
  static String quoted(String text) {
    return text.matches("[\\w./:@%+-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /**
   * Checks, without Spark, what can be checked of a directory of this machine.
   *
   * @throws IllegalStateException if it is not there, is no saved model, or has a stage that is not
   *     allowed
   */
  @Override
  public void check(AllowedStages allowed) {
    if (!isLocal()) {
      return;
    }
    Path directory = Path.of(text);
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "there is no directory '" + text + "' to load a model from; check --model");
    }
    String saved = directory(SavedFiles.local());
    if (!ModelVersion.isSaved(Path.of(saved))) {
      throw new IllegalStateException(
          "the directory '"
              + saved
              + "' holds no saved SparkML model: it has no 'metadata' inside; "
              + advice(directory));
    }
    saved(SavedFiles.local()).check(allowed);
  }

  private static String advice(Path directory) {
    try (Stream<Path> below = Files.list(directory)) {
      return below
          .filter(ModelVersion::isModel)
          .sorted()
          .findFirst()
          .map(model -> "--model '" + model + "' is one")
          .orElse("check --model");
    } catch (IOException e) {
      return "check --model";
    }
  }

  /**
   * Checks that saving here overwrites nothing but an older model.
   *
   * @throws IllegalStateException if something else is there
   */
  public void checkReplaceable() {
    if (isLocal() && !isAbsentOrEmpty(Path.of(text)) && !ModelVersion.isSaved(Path.of(text))) {
      throw new IllegalStateException(
          "'" + text + "' is there already and is no saved model; choose another --save-to");
    }
  }

  private static boolean isAbsentOrEmpty(Path path) {
    String[] content = path.toFile().list();
    return !Files.exists(path) || (content != null && content.length == 0);
  }

  /**
   * Saves a model here, in place of one that is here. On this machine only its owner can read it.
   */
  public PipelineModel save(PipelineModel model) {
    try {
      if (isLocal()) {
        new PrivateDirectory(Path.of(text).toAbsolutePath()).fill(path -> write(model, path));
      } else {
        write(model, text);
      }
      return model;
    } catch (IOException e) {
      throw new IllegalStateException("cannot save to '" + text + "': " + e.getMessage(), e);
    }
  }

  private static void write(PipelineModel model, String address) throws IOException {
    model.write().overwrite().save(address);
  }

  /**
   * Loads a model, or any other saved transformer, of whatever class that is allowed.
   *
   * @throws IllegalStateException if it cannot be loaded or is not allowed; says which stage, and
   *     why
   */
  @Override
  public Transformer load(SparkSession spark, AllowedStages allowed) {
    SavedStage saved = saved(files(spark));
    saved.check(allowed);
    Object loaded = saved.load(spark, new StageCheck(spark, hadoop(spark), allowed));
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

  /**
   * The columns of a request as MLflow has noted them; empty if it has not.
   *
   * @throws IllegalStateException if what it has noted cannot be read
   */
  @Override
  public Optional<StructType> signature(SparkSession spark) {
    return MlflowModel.in(files(spark), path()).flatMap(MlflowModel::signature);
  }

  private SavedFiles files(SparkSession spark) {
    return isLocal() ? SavedFiles.local() : SavedFiles.of(hadoop(spark));
  }

  private static Configuration hadoop(SparkSession spark) {
    return spark.sparkContext().hadoopConfiguration();
  }

  private SavedStage saved(SavedFiles files) {
    return SavedStage.read(files, directory(files));
  }

  /** Where SparkML has saved the model, which MLflow has done below its own directory. */
  private String directory(SavedFiles files) {
    return MlflowModel.in(files, path())
        .map(mlflow -> files.below(path(), mlflow.folder()))
        .orElse(path());
  }

  private String path() {
    return text.replaceFirst("(?<=[^/])/+$", "");
  }
}
