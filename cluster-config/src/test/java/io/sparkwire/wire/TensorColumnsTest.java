package io.sparkwire.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorColumnsTest {

  private static List<String> columns(String ddl) {
    return TensorColumns.of(ddl, "reply").orElseThrow().stream()
        .map(column -> column.name() + ' ' + column.type() + ' ' + column.shape())
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOOLEAN                  | BOOL [-1]
          TINYINT                  | INT8 [-1]
          SMALLINT                 | INT16 [-1]
          INT                      | INT32 [-1]
          BIGINT                   | INT64 [-1]
          FLOAT                    | FP32 [-1]
          DOUBLE                   | FP64 [-1]
          DECIMAL(15,2)            | FP64 [-1]
          DECIMAL(16, 2)           | BYTES [-1]
          STRING                   | BYTES [-1]
          VARCHAR(10)              | BYTES [-1]
          BINARY                   | BYTES [-1]
          DATE                     | BYTES [-1]
          TIMESTAMP_NTZ            | BYTES [-1]
          VECTOR                   | FP64 [-1, -1]
          VECTOR(4)                | FP64 [-1, 4]
          ARRAY<BIGINT>            | INT64 [-1, -1]
          ARRAY<STRING>            | BYTES [-1, -1]
          ARRAY<INT>(2048)         | INT32 [-1, 2048]
          ARRAY<FLOAT>(30)         | FP32 [-1, 30]
          ARRAY<STRING>(2)         | BYTES [-1, 2]
          ARRAY<ARRAY<INT>>(2)     | BYTES [-1]
          ARRAY<DECIMAL(5,1)>      | FP64 [-1, -1]
          ARRAY<ARRAY<INT>>        | BYTES [-1]
          ARRAY<STRUCT<a: INT>>    | BYTES [-1]
          MAP<STRING, ARRAY<INT>>  | BYTES [-1]
          """)
  void eachTypeHasADatatype(String type, String tensor) {
    assertThat(columns(type)).containsExactly("reply " + tensor);
    assertThat(columns("a " + type + " NOT NULL,b " + type + ",c " + type))
        .containsExactly("a " + tensor, "b " + tensor, "c " + tensor);
  }

  @Test
  void namesAndCommentsMayHaveAnyCharacters() {
    assertThat(
            columns(
                "`a,``b` INT COMMENT 'c, d INT''\\'',e STRUCT<`x>,`: INT COMMENT '>', y: MAP<STRING,"
                    + " INT>> NOT NULL,`é` DOUBLE"))
        .containsExactly("a,`b INT32 [-1]", "e BYTES [-1]", "é FP64 [-1]");
  }

  @Test
  void anUnknownSchemaHasNoColumns() {
    assertThat(TensorColumns.of("", "reply")).isEmpty();
  }
}
