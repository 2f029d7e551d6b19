package io.sparkwire.app;

import java.util.List;

/** Which columns of a result become the reply. Stateless. */
final class ReplyChoice {

  private static final String PREDICTION = "prediction";
  private static final String PROBABILITY = "probability";

  private ReplyChoice() {}

  /**
   * The columns that were asked for, as the result has them; Spark compares names without case.
   *
   * @throws IllegalArgumentException if the result lacks one
   */
  static List<String> named(List<String> wanted, List<String> available) {
    return wanted.stream().map(name -> find(name, available)).toList();
  }

  private static String find(String name, List<String> available) {
    return available.stream()
        .filter(column -> column.equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "--reply asks for a column '"
                        + name
                        + "', but the result has only "
                        + String.join(", ", available)));
  }

  /**
   * What a model usually predicts.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  static List<String> predicted(List<String> available) {
    if (!available.contains(PREDICTION)) {
      throw new IllegalArgumentException(
          "the result has no column 'prediction', so name the reply's columns by --reply: "
              + String.join(", ", available));
    }
    return available.contains(PROBABILITY) ? List.of(PREDICTION, PROBABILITY) : List.of(PREDICTION);
  }
}
