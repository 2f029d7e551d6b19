package io.sparkwire.spark.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each type refuses, and what message the sender gets. */
class RequestParserRefusalTest {
  private static final String INT = "INT, from -2147483648 to 2147483647";
  private static final String LONG = "BIGINT, from -9223372036854775808 to 9223372036854775807";
  private static final String FINITE = "DOUBLE, within ±1.7976931348623157E308";
  private static final String FITS_5_2 =
      "DECIMAL(5,2), at most 3 digits before the point and 2 after it";
  private static final String UNICODE = "STRING, Unicode text without half surrogate pairs";
  private static final String DAY = "DATE, a string like \"2026-01-31\"";
  private static final String INSTANT = "TIMESTAMP, a string like \"2026-01-31T12:30:00Z\"";
  private static final String LOCAL =
      "TIMESTAMP_NTZ, a string like \"2026-01-31T12:30:00\" without a zone";

  /** Type | JSON value | what is expected | what it got. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "STRING        | 1            | STRING   | the number 1",
        "STRING        | true         | STRING   | the boolean true",
        "STRING        | {'x':1}      | STRING   | an object",
        "STRING        | ['x']        | STRING   | an array",
        "STRING        | '\\ud800x'   | " + UNICODE + " | a string \"\uFFFDx\"",
        "STRING        | 'x\\udc00'   | " + UNICODE + " | a string \"x\uFFFD\"",
        "BOOLEAN       | 'true'       | BOOLEAN  | a string \"true\"",
        "BOOLEAN       | 1            | BOOLEAN  | the number 1",
        "TINYINT       | 128          | TINYINT, from -128 to 127 | the number 128",
        "TINYINT       | -129         | TINYINT, from -128 to 127 | the number -129",
        "SMALLINT      | 32768        | SMALLINT, from -32768 to 32767 | the number 32768",
        "INT           | 2147483648   | " + INT + " | the number 2147483648",
        "INT           | 3e9          | " + INT + " | the number 3e9",
        "INT           | 1e999999999  | " + INT + " | the number 1e999999999",
        "INT           | 3.5          | INT, a whole number | the number 3.5",
        "INT           | 1e-999999999 | INT, a whole number | the number 1e-999999999",
        "INT           | 1e9999999999 | INT, from -2147483648 to 2147483647 | the number"
            + " 1e9999999999",
        "INT           | '3'          | INT      | a string \"3\"",
        "INT           | true         | INT      | the boolean true",
        "BIGINT        | 9223372036854775808 | " + LONG + " | the number 9223372036854775808",
        "BIGINT        | -9223372036854775809.0 | " + LONG + " | the number -9223372036854775809.0",
        "FLOAT         | 1e39         | FLOAT, within ±3.4028235E38 | the number 1e39",
        "FLOAT         | '1'          | FLOAT    | a string \"1\"",
        "DOUBLE        | 1e999        | " + FINITE + " | the number 1e999",
        "DOUBLE        | -1e999       | " + FINITE + " | the number -1e999",
        "DOUBLE        | 'NaN'        | DOUBLE   | a string \"NaN\"",
        "DOUBLE        | false        | DOUBLE   | the boolean false",
        "DECIMAL(5,2)  | 1000         | " + FITS_5_2 + " | the number 1000",
        "DECIMAL(5,2)  | 1.005        | " + FITS_5_2 + " | the number 1.005",
        "DECIMAL(5,2)  | 1e999999999  | " + FITS_5_2 + " | the number 1e999999999",
        "DECIMAL(5,2)  | 1e-999999999 | " + FITS_5_2 + " | the number 1e-999999999",
        "DECIMAL(5,2)  | '1'          | DECIMAL(5,2) | a string \"1\"",
        "DATE          | 20260131     | DATE     | the number 20260131",
        "DATE          | '2026-02-30' | " + DAY + " | a string \"2026-02-30\"",
        "DATE          | '2026-1-31'  | " + DAY + " | a string \"2026-1-31\"",
        "DATE          | '2026'       | " + DAY + " | a string \"2026\"",
        "DATE          | '2026-01-31T'| " + DAY + " | a string \"2026-01-31T\"",
        "DATE          | ' 026-01-31' | " + DAY + " | a string \" 026-01-31\"",
        "DATE          | ''           | " + DAY + " | a string \"\"",
        "TIMESTAMP     | 0            | TIMESTAMP | the number 0",
        "TIMESTAMP     | '12:30'      | " + INSTANT + " | a string \"12:30\"",
        "TIMESTAMP     | 'T12:30:00Z' | " + INSTANT + " | a string \"T12:30:00Z\"",
        "TIMESTAMP     | '2026-01'    | " + INSTANT + " | a string \"2026-01\"",
        "TIMESTAMP     | '2026-01-31T25:00' | " + INSTANT + " | a string \"2026-01-31T25:00\"",
        "TIMESTAMP     | '2026-01-31T12:00X' | " + INSTANT + " | a string \"2026-01-31T12:00X\"",
        "TIMESTAMP     | '2026-01-31 ' | " + INSTANT + " | a string \"2026-01-31 \"",
        "TIMESTAMP_NTZ | '2026-01-31T12:30:00Z' | "
            + LOCAL
            + " | a string \"2026-01-31T12:30:00Z\"",
        "TIMESTAMP_NTZ | '12:30'      | " + LOCAL + " | a string \"12:30\"",
        "BINARY        | 'a-_/'       | BINARY, a base64 string | a string \"a-_/\"",
        "BINARY        | 'aGk'        | BINARY, a base64 string | a string \"aGk\"",
        "BINARY        | 'a Gk'       | BINARY, a base64 string | a string \"a Gk\"",
        "BINARY        | [1]          | BINARY   | an array",
        "ARRAY<INT>    | 1            | ARRAY, a JSON array | the number 1",
        "ARRAY<INT>    | {}           | ARRAY, a JSON array | an object",
        "MAP<STRING,INT> | []         | MAP, a JSON object | an array",
        "STRUCT<x: INT>| 'x'          | STRUCT, a JSON object | a string \"x\"",
        "STRUCT<x: INT>| [1]          | STRUCT, a JSON object | an array",
      })
  void aValueOfAnotherKindIsRefused(String type, String json, String expected, String found) {
    BadInputException refusal = ParserProbe.of("a " + type).refusal("{'a':" + json + "}");

    assertThat(refusal.field()).isEqualTo("a");
    assertThat(refusal.expected()).isEqualTo(expected);
    assertThat(refusal.found()).isEqualTo(found);
    assertThat(refusal).hasMessage("field 'a' must be %s, got %s".formatted(expected, found));
  }

  @Test
  void aNumberOfManyDigitsCostsNoMoreThanItsLength() {
    String digits = "1".repeat(1000);

    assertThat(ParserProbe.of("a DOUBLE").refusal("{'a':" + digits + "}").expected())
        .startsWith("DOUBLE, within");
    assertThat(ParserProbe.of("a INT").refusal("{'a':" + digits + "}").expected())
        .startsWith("INT, from");
    assertThat(ParserProbe.of("a DECIMAL(38,9)").refusal("{'a':0." + digits.substring(1) + "}"))
        .hasMessageContaining("at most 29 digits before the point and 9 after it");
    assertThat(ParserProbe.of("a DOUBLE").refusal("{'a':" + digits + "1}"))
        .hasMessageStartingWith("the body is not valid JSON: Number value length (1001)");
  }

  @Test
  void theLimitOfANumberCountsItsDigitsAlone() {
    ParserProbe probe = ParserProbe.of("a DOUBLE");
    String fraction = "0".repeat(998);

    assertThat(probe.parse("{'a':-1." + fraction + "e-0}").getDouble(0)).isEqualTo(-1);
    assertThat(probe.refusal("{'a':-1." + fraction + "e-00}"))
        .hasMessageStartingWith("the body is not valid JSON: Number value length (1001)");
  }
}
