package io.sparkwire.model;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_from_arrays;

import io.sparkwire.spark.ServingFunctions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.ProbabilisticClassificationModel;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexerModel;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * What a model says of a request if no columns of the reply are named: what its last stage that
 * predicts has predicted.
 *
 * <p>If the model has words for its classes, they take the place of numbers: the class is a word,
 * and the probabilities have a word each. A model that predicts nothing replies with what its last
 * stage adds. Immutable. Runs on: driver.
 *
 * @param columns of the reply
 * @param made those of them that the model's own columns do not have in that form
 * @param isObject whether the reply is a JSON object even if it has a single column
 */
public record ModelReply(List<String> columns, Map<String, Column> made, boolean isObject) {

  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";

  /**
   * The reply of a model.
   *
   * @param available the columns that it and the request have
   * @throws IllegalArgumentException if it shows no column as the one that matters
   */
  public static ModelReply of(Transformer model, List<String> available) {
    List<Transformer> stages = ModelStages.flat(model).toList();
    for (int i = stages.size() - 1; i >= 0; i--) {
      Optional<String> prediction = column(stages.get(i), "predictionCol", available);
      if (prediction.isPresent()) {
        return predicted(stages, i, prediction.get(), available);
      }
    }
    return available.contains(PREDICTION)
        ? plain(PREDICTION, Optional.of(PROBABILITY).filter(available::contains))
        : added(stages.get(stages.size() - 1), available);
  }

  private static Optional<String> column(Transformer stage, String param, List<String> available) {
    return StageColumns.of(stage, param).filter(available::contains);
  }

  private static ModelReply plain(String prediction, Optional<String> probability) {
    return new ModelReply(both(prediction, probability), Map.of(), probability.isPresent());
  }

  private static List<String> both(String prediction, Optional<String> probability) {
    return Stream.concat(Stream.of(prediction), probability.stream()).toList();
  }

  private static ModelReply added(Transformer last, List<String> available) {
    List<String> added = StageColumns.written(last).stream().filter(available::contains).toList();
    if (added.isEmpty()) {
      throw new IllegalArgumentException(
          "the result has no column 'prediction', so name the reply's columns by --reply: "
              + String.join(", ", available));
    }
    return new ModelReply(added, Map.of(), true);
  }

  private static ModelReply predicted(
      List<Transformer> stages, int predictor, String prediction, List<String> available) {
    Transformer stage = stages.get(predictor);
    Optional<String> probability = column(stage, "probabilityCol", available);
    Optional<IndexToString> translator =
        stages.subList(predictor, stages.size()).stream()
            .filter(IndexToString.class::isInstance)
            .map(IndexToString.class::cast)
            .filter(later -> later.getInputCol().equals(prediction))
            .filter(later -> available.contains(later.getOutputCol()))
            .findFirst();
    if (translator.isPresent()) {
      String word = translator.get().getOutputCol();
      return inWords(stage, Labels.of(translator.get()), word, Map.of(), probability);
    }
    return stages.subList(0, predictor).stream()
        .filter(StringIndexerModel.class::isInstance)
        .map(StringIndexerModel.class::cast)
        .flatMap(indexer -> byIndexer(indexer, stage, prediction, probability))
        .findFirst()
        .orElseGet(() -> plain(prediction, probability));
  }

  /** The reply in the words of an indexer, if that one has made the label of a stage. */
  private static Stream<ModelReply> byIndexer(
      StringIndexerModel indexer,
      Transformer stage,
      String prediction,
      Optional<String> probability) {
    Optional<String> label = StageColumns.of(stage, "labelCol");
    Optional<String> word = label.flatMap(made -> Labels.source(indexer, made));
    if (word.isEmpty()) {
      return Stream.empty();
    }
    List<String> labels = Labels.made(indexer, label.get());
    Column inWords = get(array(literals(labels)), col(quoted(prediction)).cast("int"));
    return Stream.of(inWords(stage, labels, word.get(), Map.of(word.get(), inWords), probability));
  }

  private static ModelReply inWords(
      Transformer stage,
      List<String> labels,
      String word,
      Map<String, Column> made,
      Optional<String> probability) {
    Map<String, Column> all = new LinkedHashMap<>(made);
    probability
        .filter(column -> namesAllClasses(labels, stage))
        .ifPresent(column -> all.put(column, byLabel(labels, column)));
    return new ModelReply(both(word, probability), all, true);
  }

  private static boolean namesAllClasses(List<String> labels, Transformer stage) {
    return stage instanceof ProbabilisticClassificationModel<?, ?> classifier
        && classifier.numClasses() == labels.size()
        && new HashSet<>(labels).size() == labels.size();
  }

  private static Column byLabel(List<String> labels, String probability) {
    return map_from_arrays(
        array(literals(labels)), ServingFunctions.vectorToArray(col(quoted(probability))));
  }

  private static Column[] literals(List<String> labels) {
    return labels.stream().map(label -> lit(label)).toArray(Column[]::new);
  }

  private static String quoted(String name) {
    return "`" + name.replace("`", "``") + "`";
  }

  /** The rows with the columns of the reply. */
  public Dataset<Row> in(Dataset<Row> rows) {
    Dataset<Row> result = rows;
    for (Map.Entry<String, Column> column : made.entrySet()) {
      result = result.withColumn(column.getKey(), column.getValue());
    }
    return result;
  }
}
