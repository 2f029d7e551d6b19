package io.sparkwire.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexerModel;

/** The words that stages have for the numbers of a column. Stateless. */
final class Labels {

  /** What Spark calls the category of all words that it does not know. */
  private static final String UNKNOWN = "__unknown";

  private Labels() {}

  /** The words of a column that an indexer reads; empty if it reads no such column. */
  static String[] of(StringIndexerModel indexer, String column) {
    int index = inputs(indexer).indexOf(column);
    return index < 0 ? new String[0] : indexer.labelsArray()[index];
  }

  private static List<String> inputs(StringIndexerModel indexer) {
    return indexer.isSet(indexer.inputCols())
        ? List.of(indexer.getInputCols())
        : List.of(indexer.getInputCol());
  }

  private static List<String> outputs(StringIndexerModel indexer) {
    return indexer.isSet(indexer.outputCols())
        ? List.of(indexer.getOutputCols())
        : List.of(indexer.getOutputCol());
  }

  /** The column from which an indexer makes another; empty if it does not. */
  static Optional<String> source(StringIndexerModel indexer, String output) {
    int index = outputs(indexer).indexOf(output);
    return index < 0 ? Optional.empty() : Optional.of(inputs(indexer).get(index));
  }

  /** The words of a column that an indexer makes, in the order of their numbers. */
  static List<String> made(StringIndexerModel indexer, String output) {
    Stream<String> known =
        source(indexer, output).stream().flatMap(column -> Arrays.stream(of(indexer, column)));
    boolean keepsOthers = indexer.getHandleInvalid().equals("keep");
    return Stream.concat(known, keepsOthers ? Stream.of(UNKNOWN) : Stream.empty()).toList();
  }

  /** The words that a stage turns numbers into; empty if they are in the metadata of its column. */
  static List<String> of(IndexToString stage) {
    return stage.isSet(stage.labels()) ? List.of(stage.getLabels()) : List.of();
  }
}
