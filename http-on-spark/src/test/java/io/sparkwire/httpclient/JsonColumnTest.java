package io.sparkwire.httpclient;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.TestSpark;
import io.sparkwire.spark.catalyst.Ddl;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What responses in JSON become. */
class JsonColumnTest {

  private static Row parse(String body, String ddl) {
    return TestSpark.session()
        .createDataset(List.of(body.getBytes(UTF_8)), Encoders.BINARY())
        .toDF("content")
        .select(
            JsonColumn.parse(
                    org.apache.spark.sql.functions.col("content"),
                    JsonColumn.nullable(Ddl.type(ddl)))
                .as("p"))
        .head()
        .getStruct(0);
  }

  /** Spark alone would work on each of the first ones for minutes, if it had the memory. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "1e99999999            | DECIMAL(10,2) | null",
        "-1e99999999           | DECIMAL(38,0) | null",
        "1e-99999999           | DECIMAL(10,2) | 0.00",
        "\"1e99999999\"        | DECIMAL(10,2) | null",
        "[1,1e2147483647]      | ARRAY<DECIMAL(10,2)> | null",
        "{\"d\":1e99999999}    | d DECIMAL(10,2), i INT | null",
        "12.345                | DECIMAL(10,2) | 12.35",
        "1e99999999            | BIGINT        | null",
        "1e99999999            | DOUBLE        | Infinity",
        "-0                    | DOUBLE        | -0.0",
        "\uFEFF{\"i\":7}        | i INT         | [7]",
        "[[1,2],[-0]]          | ARRAY<VECTOR> | ArraySeq([1.0,2.0], [-0.0])",
        "{\"c\":\"long\"}       | c CHAR(2)     | [long]",
        "[-0,0]                | ARRAY<FLOAT>  | ArraySeq(-0.0, 0.0)",
      })
  void aBodyBecomesAValueAtOnce(String body, String ddl, String shown) {
    assertThat(String.valueOf(parse(body, ddl).get(0))).isEqualTo(shown);
  }
}
