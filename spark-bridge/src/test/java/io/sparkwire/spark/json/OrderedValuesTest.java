package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.catalyst.Ddl;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderedValuesTest {

  private static String json(String ddl, String row) {
    StructType schema = Ddl.columns(ddl);
    return new String(new OrderedValues(schema).toJson(row.getBytes(UTF_8)), UTF_8);
  }

  @Test
  void valuesGetTheNamesOfTheColumnsInTheirOrder() {
    assertThat(json("b DOUBLE, `a \" é` STRING, c ARRAY<INT>", " [1.50, null ,[1, 2]]"))
        .isEqualTo("{\"b\":1.50,\"a \\\" é\":null,\"c\":[1, 2]}");
    assertThat(json("a INT", "[7]")).isEqualTo("{\"a\":7}");
  }

  @Test
  void anObjectStaysAsItIs() {
    assertThat(json("a INT, b INT", " {\"b\" : 1}")).isEqualTo(" {\"b\" : 1}");
    assertThat(json("a STRUCT<b INT>", "{\"b\":1}")).isEqualTo("{\"b\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          DOUBLE       | -0.10e+2
          STRING       | "é ,]"
          STRING       | null
          ARRAY<INT>   | [1, 2]
          ARRAY<INT>   | []
          VECTOR       | [1.0,2]
          VECTOR(1)    | [1.0]
          """)
  void theValueOfTheOnlyColumnIsARow(String type, String value) {
    assertThat(json("a " + type, value)).isEqualTo("{\"a\":" + value + "}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1]       | an array of 1
          [1,2,3]   | an array of 3
          []        | an array of 0
          7         | a number
          "x"       | a string
          null      | null
          ''        | nothing
          """)
  void anotherNumberOfValuesIsRefused(String row, String got) {
    assertThatThrownBy(() -> json("a INT, b INT", row))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "the body must be an object, or an array of 2 values, as the schema has columns, got "
                + got);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1,", "[1 2]", "x", "[1}"})
  void whatIsNoJsonIsRefused(String row) {
    assertThatThrownBy(() -> json("a INT, b INT", row))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("the body is not valid JSON: ");
  }
}
