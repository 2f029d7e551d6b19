package io.sparkwire.peer;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegressionModel;
import org.apache.spark.ml.feature.ImputerModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.OneHotEncoderModel;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the parameters of the saved classifier of penguins as JSON, for a server without Spark.
 *
 * <p>The stages are those of the demo. Runs on: driver.
 */
public final class ExportSpecies {
  private ExportSpecies() {}

  /** Takes the directory of the model and the file to write. */
  public static void main(String[] args) throws IOException {
    SparkSession spark = LocalSpark.start();
    JsonObject parameters = new JsonObject();
    for (Transformer stage : PipelineModel.load(args[0]).stages()) {
      export(stage, parameters);
    }
    Files.writeString(Path.of(args[1]), parameters.encodePrettily());
    spark.stop();
  }

  private static void export(Transformer stage, JsonObject parameters) {
    if (stage instanceof ImputerModel imputer) {
      Row medians = imputer.surrogateDF().first();
      JsonArray inOrder = new JsonArray();
      for (String column : imputer.getInputCols()) {
        inOrder.add(medians.<Double>getAs(column));
      }
      parameters.put("medians", inOrder);
    } else if (stage instanceof StringIndexerModel indexer) {
      parameters.put("islands", array(indexer.labelsArray()[0]));
      parameters.put("sexes", array(indexer.labelsArray()[1]));
    } else if (stage instanceof OneHotEncoderModel encoder) {
      JsonArray sizes = new JsonArray();
      Arrays.stream(encoder.categorySizes()).forEach(sizes::add);
      parameters.put("categorySizes", sizes);
    } else if (stage instanceof LogisticRegressionModel classifier) {
      parameters.put("classes", classifier.numClasses());
      parameters.put("coefficientsByColumn", array(classifier.coefficientMatrix().toArray()));
      parameters.put("intercepts", array(classifier.interceptVector().toArray()));
    } else if (stage instanceof IndexToString names) {
      parameters.put("species", array(names.getLabels()));
    }
  }

  private static JsonArray array(String[] texts) {
    return new JsonArray(Arrays.asList(texts));
  }

  private static JsonArray array(double[] numbers) {
    JsonArray array = new JsonArray();
    Arrays.stream(numbers).forEach(array::add);
    return array;
  }
}
