package io.sparkwire.model;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;

import io.sparkwire.spark.TestSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Pipelines as plain Spark trains and saves them, from a few rows. */
record TrainedModels(Path directory) {

  private static final String ROWS =
      "SELECT CAST(n % 3 AS DOUBLE) AS x, CAST(n % 5 AS DOUBLE) AS y,"
          + " element_at(array('red', 'blue'), n % 2 + 1) AS colour,"
          + " element_at(array('Adelie', 'Gentoo'), n % 2 + 1) AS species,"
          + " concat('one two ', n) AS text, split(concat('one two ', n), ' ') AS words,"
          + " n % 3 AS user, n % 4 AS item, CAST(n AS FLOAT) AS rating, 2000 + n % 2 AS year,"
          + " CAST(n % 2 AS DOUBLE) AS label FROM VALUES 0, 1, 2, 3, 4, 5, 6, 7 AS t(n)";

  /** A session for many small queries, each of which is run once. */
  static SparkSession spark() {
    SparkSession spark = TestSpark.session().newSession();
    spark.conf().set("spark.sql.codegen.wholeStage", "false");
    spark.conf().set("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    spark.conf().set("spark.sql.adaptive.enabled", "false");
    spark.conf().set("spark.sql.shuffle.partitions", "1");
    return spark;
  }

  /** Eight rows with a column of each kind. */
  static Dataset<Row> rows() {
    return spark()
        .sql(ROWS)
        .withColumn("point", array_to_vector(array(col("x"), col("y"))))
        .coalesce(1);
  }

  static VectorAssembler assembler(String... columns) {
    return new VectorAssembler().setInputCols(columns).setOutputCol("features");
  }

  static LogisticRegression regression() {
    return new LogisticRegression().setMaxIter(1);
  }

  /** Trains these stages, and saves what they have learned. */
  ModelLocation save(PipelineStage... stages) {
    try {
      String saved = directory.resolve("model").toString();
      new Pipeline().setStages(stages).fit(rows()).write().overwrite().save(saved);
      return new ModelLocation(saved);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The columns that a model needs, for the reply that it has by itself. */
  static ModelSchema schema(ModelLocation location, TrainingData data) {
    Transformer model = location.load(spark(), AllowedStages.DEFAULT);
    return ModelSchema.of(spark(), location, model, data, name -> false);
  }
}
