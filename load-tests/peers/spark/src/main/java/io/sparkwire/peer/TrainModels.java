package io.sparkwire.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Trains and saves the models that the demo has not. Runs on: driver. */
public final class TrainModels {
  private TrainModels() {}

  /** Takes Sparkwire's jar, which has the data, and the directory to save to. */
  public static void main(String[] args) throws IOException {
    List<String> penguins = PenguinLines.in(args[0]);
    Path directory = Path.of(args[1]);
    try (SparkSession spark = LocalSpark.start()) {
      Training training = new Training(spark);
      training.text().write().overwrite().save(directory.resolve("text").toString());
      training.trees(penguins).write().overwrite().save(directory.resolve("trees").toString());
    }
  }
}
