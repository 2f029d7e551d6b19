package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Bodies of one size that may cost a parser more than others, for {@link TypedBody#SCHEMA}. */
enum CostlyBody {
  PLAIN_INTEGERS,
  LONG_INTEGERS,
  HARD_DOUBLES,
  DOUBLES_OF_MANY_DIGITS,
  HUGE_EXPONENTS,
  DECIMALS_OF_MANY_DIGITS,
  ESCAPED_TEXT,
  TEXT_OF_MANY_BYTES_A_CHARACTER,
  BASE64,
  EXTRA_NAMES_OF_ONE_HASH,
  KEYS_OF_ONE_HASH,
  KEYS_THAT_DIFFER,
  EXTRA_NAMES_THAT_DIFFER,
  EXTRA_DEEP_ARRAYS,
  EXTRA_EMPTY_OBJECTS,
  DATES,
  STRUCTS,
  BLANKS,
  A_FAULT_AT_THE_END;

  private static final String BEGIN = "{\"f3\":7,\"f6\":0.5,";
  private static final String DIGITS = "7".repeat(990);

  byte[] ofSize(int bytes) {
    return (BEGIN + member(bytes - BEGIN.length() - 1) + "}").getBytes(UTF_8);
  }

  private String member(int bytes) {
    return switch (this) {
      case PLAIN_INTEGERS -> array("fg", bytes, i -> "" + i % 1_000);
      case LONG_INTEGERS -> array("fg", bytes, i -> "" + (Long.MAX_VALUE - i));
      case HARD_DOUBLES -> array("fe", bytes, i -> "2.2250738585072011" + i % 10 + "e-308");
      case DOUBLES_OF_MANY_DIGITS -> array("fe", bytes, i -> "0." + DIGITS + i % 10);
      case HUGE_EXPONENTS -> array("fe", bytes, i -> "1e-99999" + i % 10);
      case DECIMALS_OF_MANY_DIGITS -> array("fj", bytes, i -> "0.5" + "0".repeat(900));
      case ESCAPED_TEXT -> "\"f9\":\"" + "\\u00e9".repeat(bytes / 6 - 2) + "\"";
      case TEXT_OF_MANY_BYTES_A_CHARACTER -> "\"f9\":\"" + "\u20ac".repeat(bytes / 3 - 3) + "\"";
      case BASE64 -> "\"fa\":\"" + "aGk+".repeat(bytes / 4 - 3) + "\"";
      case EXTRA_NAMES_OF_ONE_HASH -> elements(bytes, i -> "\"" + OddBodies.colliding(i) + "\":1");
      case KEYS_OF_ONE_HASH -> map("fh", bytes, i -> "\"" + OddBodies.colliding(i) + "\":1");
      case KEYS_THAT_DIFFER -> map("fh", bytes, i -> "\"k" + i + "\":1");
      case EXTRA_NAMES_THAT_DIFFER -> elements(bytes, i -> "\"k" + i + "\":1");
      case EXTRA_DEEP_ARRAYS -> array("x", bytes, i -> "[".repeat(900) + "]".repeat(900));
      case EXTRA_EMPTY_OBJECTS -> array("x", bytes, i -> "{}");
      case DATES -> map("fk", bytes, i -> "\"k" + i + "\":{\"f0\":\"2024-02-29\"}");
      case STRUCTS -> "\"fi\":{\"f0\":1," + array("f1", bytes - 12, i -> "{\"f0\":\"\"}") + "}";
      case BLANKS -> "\"f0\":" + " \n".repeat(bytes / 2 - 5) + "true";
      case A_FAULT_AT_THE_END -> array("fg", bytes - 2, i -> "" + i % 1_000) + ",!";
    };
  }

  private static String array(String name, int bytes, IntFunction<String> element) {
    return "\"" + name + "\":[" + elements(bytes - 8, element) + "]";
  }

  private static String map(String name, int bytes, IntFunction<String> member) {
    return "\"" + name + "\":{" + elements(bytes - 8, member) + "}";
  }

  /** As many as fit, the first ones. */
  private static String elements(int bytes, IntFunction<String> element) {
    int[] left = {bytes};
    return IntStream.range(0, bytes)
        .mapToObj(element)
        .takeWhile(text -> (left[0] -= text.length() + 1) >= 0)
        .collect(Collectors.joining(","));
  }
}
