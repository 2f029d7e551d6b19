package io.sparkwire.model;

import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.util.List;

/**
 * The classes that saved models may name: of stages, of their functions, and of types of columns.
 * Spark loads and runs a class that a model names, so a name is checked before.
 *
 * <p>Immutable.
 *
 * @param patterns as {@link ClassPattern} describes them
 */
public record AllowedStages(List<String> patterns) {

  public static final ConfigOption<List<String>> OPTION =
      ConfigOption.of(
          "allow-stage",
          OptionType.lists(
              "PATTERN",
              "names of classes with commas between, as in com.acme.Scaler, com.acme.* or com.acme.**"),
          "org.apache.spark.ml.**,org.apache.spark.mllib.**,io.sparkwire.**",
          "Classes that a saved model may name as stages; a model with others is refused before they"
              + " are loaded");

  /** Spark's own stages, and Sparkwire's. */
  public static final AllowedStages DEFAULT = new AllowedStages(OPTION.defaultValue());

  /**
   * @throws IllegalArgumentException if one is no pattern
   */
  public AllowedStages {
    patterns.forEach(pattern -> OPTION.require(ClassPattern.isValid(pattern), pattern));
    patterns = List.copyOf(patterns);
  }

  boolean allows(String className) {
    return patterns.stream().anyMatch(pattern -> new ClassPattern(pattern).matches(className));
  }

  /** Whether a pattern is the very name of a class, without {@code *}. */
  boolean names(String className) {
    return patterns.contains(className);
  }

  /** What a message says of a class that is not allowed. */
  String refusal(String className) {
    return "is not allowed: option 'allow-stage' has only %s; its class would run as code here, so add it only if you trust its author: --allow-stage '%s,%s'"
        .formatted(String.join(", ", patterns), String.join(",", patterns), className);
  }
}
