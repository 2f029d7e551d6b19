package io.sparkwire.spark.fuzz;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Rows of the service for many rows, written so that equal values are equal text: a number, a name,
 * a point. Jackson reads them, which the product uses in another way.
 */
final class RowValues {

  static final ObjectMapper JSON = builder().build();

  /** The same with the NaN that clients of MLflow write. */
  private static final ObjectMapper LOOSE =
      builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private static final String[] NAMES = {
    "n", "", "\u00fc\u20ac", "\ud83d\ude00", "a\"b\\c", "\t\n"
  };

  private RowValues() {}

  private static JsonMapper.Builder builder() {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  }

  /**
   * What a body is that was taken; empty if Jackson's exact numbers are not up to one of its own.
   *
   * @throws IOException if it is no JSON, so that it must not be taken
   */
  static Optional<JsonNode> read(byte[] body) throws IOException {
    try {
      return Optional.of(LOOSE.readTree(body));
    } catch (NumberFormatException e) {
      return Optional.empty(); // a zero with an exponent of many digits
    }
  }

  /** A whole number that is often at an edge. */
  static long number(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> Long.MAX_VALUE - random.nextInt(2);
      case 1 -> Long.MIN_VALUE + random.nextInt(2);
      case 2 -> (1L << 53) + random.nextInt(3) - 1;
      default -> random.nextLong() >> random.nextInt(64);
    };
  }

  static String name(Random random) {
    return NAMES[random.nextInt(NAMES.length)] + random.nextInt(10);
  }

  /** A number that a FLOAT holds, too. */
  static double coordinate(Random random) {
    return random.nextInt(10) == 0 ? -0.0 : (float) random.nextGaussian();
  }

  static String text(String value) {
    return JsonNodeFactory.instance.textNode(value).toString();
  }

  /** One row; what is missing or null is null. */
  static String row(JsonNode value, JsonNode name, JsonNode point) {
    return number(value) + "|" + name(name) + "|" + point(point);
  }

  private static String number(JsonNode value) {
    return value.isNumber() ? number(value.decimalValue()) : "no number: " + value;
  }

  static String number(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toString();
  }

  private static String name(JsonNode name) {
    return isNull(name) ? "null" : name.isTextual() ? name.toString() : "no text: " + name;
  }

  /** As a FLOAT; Jackson's exact numbers have no negative zero. */
  private static String point(JsonNode point) {
    if (isNull(point)) {
      return "null";
    }
    List<String> all = new ArrayList<>();
    point.forEach(
        c -> all.add(c.isNumber() ? "" + (0.0f + (float) c.asDouble()) : "no number: " + c));
    return all.toString();
  }

  private static boolean isNull(JsonNode node) {
    boolean isNaN = node.isNumber() && node.isDouble() && Double.isNaN(node.doubleValue());
    return node.isMissingNode() || node.isNull() || isNaN;
  }
}
