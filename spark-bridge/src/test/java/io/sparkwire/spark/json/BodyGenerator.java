package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Schemas and bodies by chance, good and hostile ones; the same for the same seed. */
public final class BodyGenerator {
  private static final String[] TYPES = {
    "BOOLEAN",
    "TINYINT",
    "SMALLINT",
    "INT",
    "BIGINT",
    "FLOAT",
    "DOUBLE",
    "DECIMAL(10,2)",
    "DECIMAL(38,18)",
    "DECIMAL(3,3)",
    "STRING",
    "VARCHAR(5)",
    "BINARY",
    "DATE",
    "TIMESTAMP",
    "TIMESTAMP_NTZ",
    "VECTOR",
    "VECTOR(2)"
  };
  private static final String[] NUMBERS = {
    "0",
    "-0",
    "-0.0",
    "0e5",
    "1",
    "-1",
    "7.0",
    "7.5",
    "1e2",
    "15e-1",
    "127",
    "128",
    "-128",
    "-129",
    "32767",
    "32768",
    "-32768",
    "-32769",
    "2147483647",
    "2147483648",
    "-2147483648",
    "-2147483649",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "9223372036854775807.0",
    "16777217",
    "9007199254740993",
    "36028799166447617",
    "3.4028235e38",
    "3.4028236e38",
    "1.7976931348623157e308",
    "1.7976931348623159e308",
    "4.9e-324",
    "1e-400",
    "-1e-400",
    "1e400",
    "1e99999999",
    "-1e99999999",
    "1e-99999999",
    "0e99999999",
    "1e2147483648",
    "1e-2147483648",
    "12345678.99",
    "99999999.995",
    "0.999",
    "0.9990",
    "0.9999",
    "0.1",
    "1E+2",
    "00",
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "1e",
    "1e+",
    "0x1",
    "NaN",
    "Infinity",
    "-Infinity",
    "1_0",
    "1d"
  };
  private static final String[] TIMES = {
    "2026-01-31",
    "0001-01-01",
    "0000-12-31",
    "9999-12-31",
    "2026-02-29",
    "2024-02-29",
    "2026-13-01",
    "2026-1-1",
    "2026",
    "12:30",
    "",
    " 2026-01-31",
    "2026-01-31T12:30:00Z",
    "2026-01-31 12:30:00",
    "2026-01-31T12:30:00.123456789+05:30",
    "2026-01-31T23:59:59.999999",
    "2026-01-31T24:00:00",
    "2026-01-31T12:60:00",
    "1969-12-31T23:59:59.9Z",
    "2026-03-29T02:30:00",
    "+10000-01-01"
  };
  private static final String[] OTHERS = {
    "null",
    "true",
    "false",
    "{}",
    "[]",
    "[null]",
    "{\"a\":{\"b\":[1,{}]}}",
    "\"\"",
    "\"7\"",
    "tru",
    "nul",
    "\"unclosed",
    "'x'",
    "[1,]",
    "{\"a\":1,}",
    "{a:1}",
    "\"\\x\"",
    "\"\\u12\"",
    "//c",
    "undefined"
  };
  private static final String[] STRINGS = {
    "",
    "a",
    "\\n",
    "\\u00fc",
    "\\ud83d\\ude00",
    "\\ud800",
    "\\ude00\\ud83d",
    "ü€😀",
    "\\\"",
    "\\\\",
    "\\/",
    "\\u0000",
    "aGk=",
    "aGk",
    "a=b=",
    "aGk+/w==",
    "AA==",
    "AB==",
    "\u0001",
    "\t",
    "\u2028"
  };

  private final Random random;

  BodyGenerator(long seed) {
    this(new Random(seed));
  }

  public BodyGenerator(Random random) {
    this.random = random;
  }

  private String one(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private boolean oneIn(int number) {
    return random.nextInt(number) == 0;
  }

  StructType schema() {
    return Ddl.columns(fields(3, " "));
  }

  private String array(int depth) {
    return "ARRAY<" + type(depth - 1) + ">";
  }

  private String fields(int depth, String separator) {
    List<String> fields = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      String type = oneIn(12) && depth > 0 ? array(depth) + "(2)" : type(depth);
      fields.add("f" + i + separator + type + (oneIn(4) ? " NOT NULL" : ""));
    }
    return String.join(", ", fields);
  }

  private String type(int depth) {
    return switch (depth == 0 ? 9 : random.nextInt(8)) {
      case 0 -> array(depth);
      case 1 -> "MAP<STRING, " + type(depth - 1) + ">";
      case 2 -> "STRUCT<" + fields(depth - 1, ": ") + ">";
      default -> one(TYPES);
    };
  }

  /** A body for that schema, whose fields have names that begin with {@code f}. */
  public byte[] body(StructType schema) {
    if (oneIn(200)) {
      int deep = 500 + random.nextInt(600);
      return ("{\"deep\":" + "[".repeat(deep) + "]".repeat(deep) + "}").getBytes(UTF_8);
    }
    String text = blank() + object(schema) + blank();
    String more = oneIn(50) ? one("{}", "x", ",", "\uFEFF", "null") : "";
    byte[] body = ((oneIn(40) ? "\uFEFF" : "") + text + more).getBytes(UTF_8);
    return oneIn(6) ? mutated(body) : body;
  }

  private byte[] mutated(byte[] body) {
    int at = random.nextInt(body.length);
    byte[] changed = body.clone();
    switch (random.nextInt(4)) {
      case 0 -> changed[at] = (byte) random.nextInt(256);
      case 1 -> changed[at] = (byte) "{}[],:\"\\0-.eE+ tfn".charAt(random.nextInt(18));
      case 2 -> changed = Arrays.copyOf(body, at);
      default -> {
        changed = Arrays.copyOf(body, body.length + 1);
        System.arraycopy(body, at, changed, at + 1, body.length - at);
        changed[at] = (byte) one("\u00FF", "\u00C0", "\u00ED", "\u00F5", "\"", "1").charAt(0);
      }
    }
    return changed;
  }

  private String blank() {
    return oneIn(5) ? one(" ", "\n", "\t \r\n") : "";
  }

  private String object(StructType struct) {
    List<String> members = new ArrayList<>();
    for (StructField field : struct.fields()) {
      int times = oneIn(30) ? 2 : oneIn(12) && field.nullable() ? 0 : 1;
      for (int i = 0; i < times; i++) {
        members.add(member(field.name(), field.dataType()));
      }
    }
    if (oneIn(4)) {
      members.add("\"x\":" + any());
    }
    Collections.shuffle(members, random);
    return "{" + String.join(",", members) + "}";
  }

  private String member(String name, DataType type) {
    String known = oneIn(20) ? "\\u0066" + name.substring(1) : name;
    return blank() + '"' + known + '"' + blank() + ':' + blank() + value(type) + blank();
  }

  private String value(DataType type) {
    if (oneIn(14)) {
      return oneIn(2) ? "null" : any();
    }
    if (type instanceof StructType struct) {
      return object(struct);
    }
    if (type instanceof ArrayType array) {
      return "[" + some(() -> value(array.elementType())) + "]";
    }
    if (type instanceof MapType map) {
      return "{"
          + some(() -> '"' + one("k", "l", "m", one(STRINGS)) + "\":" + value(map.valueType()))
          + "}";
    }
    if (Ddl.isVector(type)) {
      return "[" + (oneIn(3) ? some(this::number) : number() + "," + number()) + "]";
    }
    return scalar(type.typeName());
  }

  private String some(java.util.function.Supplier<String> element) {
    List<String> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(element.get());
    }
    return String.join(",", elements);
  }

  private String scalar(String type) {
    return switch (type) {
      case "boolean" -> one("true", "false");
      case "date" ->
          '"' + (oneIn(8) ? one(TIMES) : one("2026-01-31", "1582-10-10", "0001-01-01")) + '"';
      case "timestamp", "timestamp_ntz" ->
          '"' + (oneIn(3) ? one(TIMES) : "2026-01-31T12:30:00.5") + '"';
      case "binary" -> '"' + one("", "aGk=", "aGk+/w==", one(STRINGS)) + '"';
      case "byte", "short", "integer", "long" ->
          oneIn(5) ? number() : Integer.toString(random.nextInt(256) - 128);
      case "float", "double" -> oneIn(3) ? number() : Double.toString(random.nextGaussian());
      default -> type.startsWith("decimal") ? decimal() : '"' + one("text", one(STRINGS)) + '"';
    };
  }

  private String decimal() {
    return oneIn(3) ? number() : one("0.", "-0.", "0.5", "0.") + random.nextInt(99);
  }

  private String number() {
    if (oneIn(40)) {
      String digits = one("1", "9", "0").repeat(oneIn(4) ? 1_200 : 900);
      return one(
          "1" + digits,
          "0." + digits,
          "1." + digits + "1",
          "1" + digits + "e-900",
          "0." + digits + "1e901");
    }
    return oneIn(5) ? one(NUMBERS) : Long.toString(random.nextLong() >> random.nextInt(64));
  }

  private String any() {
    return switch (random.nextInt(3)) {
      case 0 -> one(OTHERS);
      case 1 -> one(NUMBERS);
      default -> '"' + one(STRINGS) + '"';
    };
  }
}
