package io.sparkwire.spark.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Bodies that are hostile by their form rather than by a single value: deep, wide, long, with names
 * that collide, with bytes that are no UTF-8. Stateless.
 */
final class OddBodies {

  private static final String BEGIN = "{\"f3\":7,\"f6\":0.5,";
  private static final int DEEPEST = 3_000;
  private static final int MOST_NAMES = 4_096;
  private static final int NAME_LETTERS = 12;
  private static final int LONGEST_TEXT = 60_000;
  private static final int MOST_DIGITS = 1_100;
  private static final int[][] NO_UTF8 = {
    {0xC0, 0xAF},
    {0xE0, 0x80, 0x80},
    {0xED, 0xA0, 0x80},
    {0xF4, 0x90, 0x80, 0x80},
    {0xF8, 0x88, 0x80, 0x80, 0x80},
    {0xE2, 0x82},
    {0x80},
    {0xFF},
    {0xFE, 0xFF},
    {0xF0, 0x9F, 0x98}
  };
  private static final String[] ODD_TEXT = {
    "\\u0000",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\udc00",
    "\u00fc",
    "\u20ac",
    "\\/",
    "\\\\",
    "\\\"",
    "\u2028",
    "\\u202e",
    "a",
    " ",
    "\ud83d\ude00",
    "\u0301",
    "\ufeff"
  };

  private OddBodies() {}

  static HostileInput of(Random random) {
    return new TypedBody(body(random));
  }

  private static byte[] body(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> member("x", deep(random));
      case 1 -> (BEGIN + names(random, () -> "" + random.nextInt()) + "}").getBytes(UTF_8);
      case 2 -> member("fh", "{" + names(random, () -> number(random, 20)) + "}");
      case 3 -> member("f9", '"' + text(random) + '"');
      case 4 -> member(one(random, "f4", "f5", "f8", "f7", "f2"), number(random, MOST_DIGITS));
      case 5 -> noUtf8(random);
      case 6 -> member(one(random, "fb", "fc", "fd"), '"' + time(random) + '"');
      default -> member("fg", numbers(random));
    };
  }

  private static byte[] member(String name, String value) {
    return (BEGIN + '"' + name + "\":" + value + "}").getBytes(UTF_8);
  }

  private static String one(Random random, String... of) {
    return of[random.nextInt(of.length)];
  }

  /** Often at the limit of 1,000, of which the body itself is one. */
  private static String deep(Random random) {
    int depth = random.nextInt(4) == 0 ? 997 + random.nextInt(6) : random.nextInt(DEEPEST);
    String open = one(random, "[", "{\"a\":", "[[],", "{\"b\":{},\"a\":");
    String close = open.startsWith("[") ? "]" : "}";
    int closed = random.nextInt(10) == 0 ? depth - 1 : depth;
    return open.repeat(depth) + "1" + close.repeat(Math.max(0, closed));
  }

  /** Members whose names all have the same hash code in Java, sometimes one of them twice. */
  private static String names(Random random, Supplier<String> value) {
    int number = 1 + random.nextInt(random.nextInt(20) == 0 ? MOST_NAMES : 64);
    int repeated = random.nextInt(8) == 0 ? random.nextInt(number) : -1;
    return IntStream.range(0, number)
        .mapToObj(i -> '"' + colliding(i) + "\":" + value.get())
        .collect(Collectors.joining(","))
        .concat(repeated < 0 ? "" : ",\"" + colliding(repeated) + "\":1");
  }

  /** One of 4,096 names of the same hash code. */
  static String colliding(int number) {
    return IntStream.range(0, NAME_LETTERS)
        .mapToObj(i -> (number >> i & 1) == 0 ? "Aa" : "BB")
        .collect(Collectors.joining());
  }

  private static String text(Random random) {
    int length = random.nextInt(random.nextInt(50) == 0 ? LONGEST_TEXT : 200);
    StringBuilder text = new StringBuilder();
    boolean isPlain = random.nextBoolean();
    while (text.length() < length) {
      text.append(isPlain ? "plain " : one(random, ODD_TEXT));
    }
    return text.toString();
  }

  private static String number(Random random, int mostDigits) {
    String whole =
        random.nextInt(3) == 0 ? "0" : 1 + random.nextInt(9) + digits(random, mostDigits);
    String sign = random.nextInt(4) == 0 ? "-" : "";
    String fraction =
        random.nextBoolean() ? "" : "." + random.nextInt(10) + digits(random, mostDigits);
    String exponent =
        switch (random.nextInt(6)) {
          case 0 -> one(random, "e", "E", "e+", "e-") + random.nextInt(400);
          case 1 -> one(random, "e", "E-") + random.nextInt(Integer.MAX_VALUE) + digits(random, 20);
          case 2 -> "e-" + random.nextInt(40);
          default -> "";
        };
    return sign + whole + fraction + exponent;
  }

  private static String digits(Random random, int most) {
    int length = random.nextInt(random.nextInt(4) == 0 ? most : 12);
    return random
        .ints(length, 0, random.nextBoolean() ? 1 : 10)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining());
  }

  private static byte[] noUtf8(Random random) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes((BEGIN + one(random, "\"f9\":\"", "\"x\":\"", "\"")).getBytes(UTF_8));
    for (int b : NO_UTF8[random.nextInt(NO_UTF8.length)]) {
      body.write(b);
    }
    body.writeBytes(one(random, "\"}", "\":1}", "").getBytes(UTF_8));
    return body.toByteArray();
  }

  /** Around the ends of months, years and of what four digits can say. */
  private static String time(Random random) {
    String day =
        "%s-%02d-%02d"
            .formatted(
                one(
                    random, "0000", "0001", "1582", "1900", "2000", "2024", "9999", "10000",
                    "-001"),
                random.nextInt(14),
                random.nextInt(2) == 0 ? 28 + random.nextInt(5) : random.nextInt(34));
    if (random.nextInt(3) == 0) {
      return day;
    }
    String time =
        "%02d:%02d:%02d".formatted(random.nextInt(26), random.nextInt(62), random.nextInt(62));
    String fraction =
        one(random, "", ".1", ".999999", ".9999999", ".123456789", ".1234567891", ".");
    String zone = one(random, "", "Z", "+00:00", "-18:00", "+18:00", "+18:01", "+05:30", "z", " ");
    return day + one(random, "T", " ", "t") + time + fraction + zone;
  }

  private static String numbers(Random random) {
    int number = random.nextInt(random.nextInt(20) == 0 ? 10_000 : 100);
    return random
        .longs(number)
        .mapToObj(n -> Long.toString(n >> random.nextInt(64)))
        .collect(Collectors.joining(one(random, ",", ", ", ",\n\t"), "[", "]"));
  }
}
