package io.sparkwire.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sparkwire.options.ConfigOption;
import io.sparkwire.options.OptionType;
import java.io.IOException;
import java.util.List;

/**
 * What to do with FLOAT and DOUBLE that are not finite, which JSON has no numbers for: Spark's
 * {@code to_json} writes them as the strings {@code "NaN"}, {@code "Infinity"} and {@code
 * "-Infinity"}.
 *
 * <p>Immutable.
 */
public enum NonFinite {
  /** A string is no number, so it gets a 400. */
  REFUSE,
  /** These three strings are numbers. */
  READ;

  public static final ConfigOption<NonFinite> OPTION =
      ConfigOption.of(
          "non-finite",
          OptionType.choice(List.of(values())),
          "refuse",
          "Whether the strings \"NaN\", \"Infinity\" and \"-Infinity\" are read as FLOAT and"
              + " DOUBLE, as Spark's to_json writes them");

  /**
   * The value of a token that is no number.
   *
   * @param type of the field, for the message
   * @throws BadInputException unless it is one of the three strings, and they are read
   */
  double read(JsonParser parser, String type) throws IOException {
    if (this == REFUSE) {
      throw JsonPlace.wrongValue(parser, type);
    }
    String text = parser.hasToken(JsonToken.VALUE_STRING) ? parser.getText() : "";
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default ->
          throw JsonPlace.wrongValue(parser, type + ", \"NaN\", \"Infinity\" or \"-Infinity\"");
    };
  }
}
