package io.sparkwire.app;

import io.sparkwire.model.AllowedStages;
import io.sparkwire.model.ModelDirectory;
import io.sparkwire.model.ModelLocation;
import io.sparkwire.model.ModelSchema;
import io.sparkwire.model.ModelSource;
import io.sparkwire.model.ModelVersion;
import io.sparkwire.model.TrainingData;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.ml.Transformer;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments that say which model there is, and where its columns can be found. */
final class ModelArguments {

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Saved SparkML model or other transformer, or what mlflow.spark has logged: a directory, or"
              + " an address that Spark reads. Its stages must be allowed.")
  private String model;

  @Option(
      names = "--schema-from",
      paramLabel = "FILE",
      description =
          "Training data in Parquet, JSON or CSV with a header, from which the columns of a request"
              + " get their types.")
  private String schemaFrom;

  @Mixin private NetworkArguments network;
  @Mixin private final OptionArguments allowed = new OptionArguments(List.of(AllowedStages.OPTION));

  boolean hasModel() {
    return model != null || network.isGiven();
  }

  /** Whether there is a directory of this machine with a model, or with versions of it. */
  boolean hasDirectory() {
    return model != null && new ModelLocation(model).isLocal();
  }

  /**
   * Checks that there is one place where the columns of a request can be found.
   *
   * @param schema null if it is not given
   */
  void checkSchema(String schema) {
    if (schema != null && schemaFrom != null) {
      throw new IllegalArgumentException(
          "--schema and --schema-from exclude each other; give one of them");
    }
    if (model != null && network.isGiven()) {
      throw new IllegalArgumentException("--model and --onnx exclude each other; give one of them");
    }
    if (schema == null && schemaFrom == null && !hasModel()) {
      throw new IllegalArgumentException(
          "--sql without --model needs the columns of a request: give --schema or --schema-from");
    }
    trainingData();
  }

  /** The directory in which versions of the model appear. */
  ModelDirectory directory() {
    return new ModelDirectory(Path.of(model));
  }

  /**
   * The version to serve first.
   *
   * @throws IllegalStateException if there is none
   */
  ModelVersion newestVersion() {
    return directory()
        .newest()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "there is no saved SparkML model in '" + model + "', nor below it"));
  }

  /**
   * The classes that the model, or a version of it, may name.
   *
   * @throws IllegalArgumentException if one is no pattern
   */
  AllowedStages allowedStages() {
    return new AllowedStages(AllowedStages.OPTION.from(allowed.options()));
  }

  /** Where the model is. */
  ModelSource location() {
    return network.isGiven() ? network.location() : new ModelLocation(model);
  }

  /**
   * The training data; null if there are none.
   *
   * @throws IllegalArgumentException if the name of the file does not say what it holds
   */
  TrainingData trainingData() {
    return schemaFrom == null ? null : new TrainingData(schemaFrom);
  }

  /**
   * The columns of a request.
   *
   * @param source of the model or of one of its versions; null if there is none
   * @param wanted whether reply or SQL name a column
   * @throws IllegalStateException if they cannot be known
   */
  ModelSchema schema(
      SparkSession spark, ModelSource source, Transformer loaded, Predicate<String> wanted) {
    return loaded == null
        ? ModelSchema.of(spark, trainingData())
        : ModelSchema.of(spark, source, loaded, trainingData(), wanted);
  }
}
