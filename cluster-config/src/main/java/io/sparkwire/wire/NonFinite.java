package io.sparkwire.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Numbers that JSON has no numbers for, as the strings that Spark writes. Stateless. */
final class NonFinite {

  private static final Map<String, Double> NUMBERS =
      Map.of(
          "NaN", Double.NaN,
          "Infinity", Double.POSITIVE_INFINITY,
          "-Infinity", Double.NEGATIVE_INFINITY);

  private NonFinite() {}

  /** The number of that name, or null. */
  static Double of(String text) {
    return NUMBERS.get(text);
  }

  /** Whether a JSON string is one of them. */
  static boolean isOne(JsonSlice string) {
    int length = string.to() - string.from() - 2;
    return NUMBERS.containsKey(
        new String(string.text(), string.from() + 1, length, StandardCharsets.ISO_8859_1));
  }
}
