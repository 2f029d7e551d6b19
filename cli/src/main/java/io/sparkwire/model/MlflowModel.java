package io.sparkwire.model;

import io.sparkwire.log.FirstLine;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructType;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A directory that {@code mlflow.spark} has logged or saved: the file {@code MLmodel}, which says
 * where the SparkML model is below it, and which columns that takes.
 *
 * <p>Immutable.
 *
 * @param file where it was read, for messages
 * @param content of the file
 */
record MlflowModel(String file, Map<?, ?> content) {

  static final String FILE = "MLmodel";

  /** The model in a directory; empty if it has no such file. */
  static Optional<MlflowModel> in(SavedFiles files, String directory) {
    String file = files.below(directory, FILE);
    return files.text(file).map(text -> parsed(file, text));
  }

  /**
   * @throws IllegalStateException if it is no YAML
   */
  private static MlflowModel parsed(String file, String yaml) {
    try {
      Object content = new Load(LoadSettings.builder().build()).loadFromString(yaml);
      if (content instanceof Map<?, ?> map) {
        return new MlflowModel(file, map);
      }
      throw new IllegalStateException("'" + file + "' must be a YAML map, as MLflow writes it");
    } catch (YamlEngineException e) {
      throw new IllegalStateException(
          "'" + file + "' cannot be read as YAML: " + FirstLine.of(e), e);
    }
  }

  /**
   * The folder of the SparkML model, below that of MLflow.
   *
   * @throws IllegalStateException if the model is of another kind
   */
  String folder() {
    Map<?, ?> flavors = map(content, "flavors");
    if (map(flavors, "spark").get("model_data") instanceof String folder) {
      return folder;
    }
    throw new IllegalStateException(
        "'%s' describes no SparkML model: its flavors are %s; log the model with mlflow.spark"
            .formatted(file, flavors.keySet()));
  }

  /**
   * The columns that its signature names; empty if it has none, or one without names.
   *
   * @throws IllegalStateException if it has a type that no request can have
   */
  Optional<StructType> signature() {
    return map(content, "signature").get("inputs") instanceof String inputs
        ? new MlflowSignature(file).columns(inputs)
        : Optional.empty();
  }

  private static Map<?, ?> map(Map<?, ?> parent, String key) {
    return parent.get(key) instanceof Map<?, ?> map ? map : Map.of();
  }
}
