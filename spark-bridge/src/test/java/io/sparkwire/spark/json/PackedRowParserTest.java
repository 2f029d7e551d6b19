package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.TestSpec;
import io.sparkwire.spark.catalyst.Ddl;
import io.sparkwire.wire.BadRowsException;
import io.sparkwire.wire.RowBodies;
import io.sparkwire.wire.RowFormats;
import io.vertx.core.MultiMap;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that come as tensors are read as the same values in JSON. */
class PackedRowParserTest {

  private static RowBodies rows(String inputs, String binary) throws BadRowsException {
    byte[] json = ("{\"inputs\":[" + inputs + "]}").getBytes(UTF_8);
    byte[] after = HexFormat.of().parseHex(binary);
    byte[] body = new byte[json.length + after.length];
    System.arraycopy(json, 0, body, 0, json.length);
    System.arraycopy(after, 0, body, json.length, after.length);
    ServiceRequest request =
        new ServiceRequest(
            new RequestId(new NodeId("n1"), 1),
            "m",
            "POST",
            "/",
            "HTTP/1.1",
            MultiMap.caseInsensitiveMultiMap()
                .add("Inference-Header-Content-Length", Integer.toString(json.length)),
            Map.of(),
            body,
            "v2",
            0);
    return RowFormats.of(request).rows(request, TestSpec.of("m").batch(10).build());
  }

  private static String input(String name, String type, String shape, String data) {
    return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}"
        .formatted(name, type, shape, data);
  }

  /** The rows of a request as bytes of Spark, or the message of the first that is refused. */
  private static List<String> packed(StructType schema, NonFinite nonFinite, RowBodies rows) {
    PackedRowParser parser = new PackedRowParser(schema, ZoneOffset.UTC, nonFinite);
    UTF8String type = UTF8String.fromString(rows.contentType());
    assertThat(PackedRowParser.reads(type)).isTrue();
    List<String> read = new ArrayList<>();
    for (byte[] row : rows.bodies()) {
      read.add(shown(schema, () -> parser.parse(type, row)));
    }
    return read;
  }

  private static String json(StructType schema, NonFinite nonFinite, String body) {
    RequestParser parser = new RequestParser(schema, ZoneOffset.UTC, nonFinite);
    return shown(schema, () -> parser.parse(body.getBytes(UTF_8)));
  }

  private interface Parsing {
    InternalRow row();
  }

  private static String shown(StructType schema, Parsing parsing) {
    try {
      StructType plain = (StructType) Ddl.inPlan(schema);
      return UnsafeProjection.create(plain).apply(parsing.row()).toString();
    } catch (BadInputException e) {
      return e.getMessage() + " | " + e.field() + " | " + e.expected() + " | " + e.found();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          INT           | INT64 | [1]   | 7                    | 7
          INT           | INT64 | [1]   | 2147483648           | 2147483648
          INT           | FP64  | [1]   | 3.0                  | 3.0
          INT           | FP64  | [1]   | 3.5                  | 3.5
          INT           | BOOL  | [1]   | true                 | true
          INT           | BYTES | [1]   | "7"                  | "7"
          INT           | INT8  | [1,2] | 7,8                  | [7,8]
          INT           | INT8  | [1,1] | 7                    | 7
          INT           | INT8  | [1]   | null                 | null
          INT NOT NULL  | INT8  | [1]   | null                 | null
          TINYINT       | INT64 | [1]   | -129                 | -129
          SMALLINT      | INT32 | [1]   | -32768               | -32768
          BIGINT        | UINT64| [1]   | 18446744073709551615 | 18446744073709551615
          BIGINT        | UINT64| [1]   | 9                    | 9
          BIGINT        | FP64  | [1]   | 1e300                | 1.0E300
          BIGINT        | FP64  | [1]   | -9007199254740993    | -9007199254740992
          DOUBLE        | FP64  | [1]   | -0.0                 | -0.0
          DOUBLE        | FP64  | [1]   | "NaN"                | "NaN"
          DOUBLE        | INT64 | [1]   | 3                    | 3
          DOUBLE        | UINT64| [1]   | 18446744073709551615 | 18446744073709551615
          DOUBLE        | BYTES | [1]   | "x\\n"               | "x\\n"
          FLOAT         | FP64  | [1]   | 0.1                  | 0.1
          FLOAT         | FP32  | [1]   | 0.1                  | 0.1
          FLOAT         | FP64  | [1]   | 1e39                 | 1.0E39
          FLOAT         | INT64 | [1]   | 16777217             | 16777217
          BOOLEAN       | BOOL  | [1]   | false                | false
          BOOLEAN       | INT8  | [1]   | 1                    | 1
          STRING        | BYTES | [1]   | "é"                  | "é"
          STRING        | INT8  | [1]   | 1                    | 1
          VARCHAR(3)    | BYTES | [1]   | "abcd"               | "abcd"
          BINARY        | BYTES | [1]   | "AAE="               | "AAE="
          BINARY        | BYTES | [1]   | "A"                  | "A"
          DATE          | BYTES | [1]   | "2026-01-31"         | "2026-01-31"
          DATE          | BYTES | [1]   | "2026"               | "2026"
          TIMESTAMP     | BYTES | [1]   | "2026-01-31T12:00:00Z" | "2026-01-31T12:00:00Z"
          DECIMAL(5,2)  | FP64  | [1]   | 12.34                | 12.34
          DECIMAL(5,2)  | FP64  | [1]   | 12.345               | 12.345
          DECIMAL(5,2)  | INT8  | [1]   | 12                   | 12
          DECIMAL(30,2) | BYTES | [1]   | "1234567890123456789.25" | 1234567890123456789.25
          VECTOR        | FP64  | [1,3] | 1,2,3                | [1,2,3]
          VECTOR(2)     | FP64  | [1,3] | 1,2,3                | [1.0,2.0,3.0]
          VECTOR(2)     | FP64  | [1,2] | [1,null]             | [1.0,null]
          VECTOR(2)     | INT8  | [1,2] | [1,2]                | [1,2]
          VECTOR(2)     | FP64  | [1,2] | ["NaN",2]            | ["NaN",2]
          VECTOR        | FP64  | [1,0] |                      | []
          VECTOR        | FP64  | [1]   | 1                    | 1.0
          VECTOR(1)     | FP64  | [1,1] | 1                    | [1]
          VECTOR(2)     | BYTES | [1]   | "[1,2]"              | [1,2]
          VECTOR(2)     | BYTES | [1]   | "{\\"type\\":0,\\"size\\":2,\\"indices\\":[1],\\"values\\":[5]}" | {"type":0,"size":2,"indices":[1],"values":[5]}
          ARRAY<DOUBLE> | FP64  | [1,2] | 1,null               | [1.0,null]
          ARRAY<INT>    | INT8  | [1,2] | 1,2                  | [1,2]
          ARRAY<INT>    | FP64  | [1,2] | 1,2.5                | [1.0,2.5]
          ARRAY<INT>(2) | INT32 | [1,2] | 1,2                  | [1,2]
          ARRAY<INT>(2) | INT32 | [1,3] | 1,2,3                | [1,2,3]
          ARRAY<INT>(2) | INT32 | [1]   | 1                    | 1
          ARRAY<INT>(1) | INT32 | [1,1] | 1                    | [1]
          ARRAY<INT>(2) | BYTES | [1]   | "[1]"                | [1]
          ARRAY<FLOAT>(2)  | FP32 | [1,1] | 0.5                | [0.5]
          ARRAY<DOUBLE>(2) | FP64 | [1,2] | 1,2                | [1.0,2.0]
          ARRAY<DOUBLE>(2) | FP64 | [1,3] | 1,2,3              | [1.0,2.0,3.0]
          ARRAY<DOUBLE>(2) | FP64 | [1,0] |                    | []
          ARRAY<STRING>(1) | BYTES | [1,2] | "a","b"           | ["a","b"]
          ARRAY<STRING> | BYTES | [1,2] | "a","b"              | ["a","b"]
          ARRAY<STRING> | BYTES | [1]   | "[\\"a\\"]"          | ["a"]
          STRUCT<x: INT>| BYTES | [1]   | "{\\"x\\":1}"        | {"x":1}
          STRUCT<x: INT>| BYTES | [1]   | "{\\"x\\":1.5}"      | {"x":1.5}
          STRUCT<x: INT>| INT8  | [1]   | 1                    | 1
          MAP<STRING, INT> | BYTES | [1] | "{\\"x\\":1}"       | {"x":1}
          """)
  void aTensorIsReadAsTheSameInJson(
      String type, String datatype, String shape, String data, String value) throws Exception {
    StructType schema = Ddl.columns("`the column` " + type + ", other STRING");
    String tensor = data == null ? "[]" : "[" + data + "]";
    String row = "{\"the column\":" + (value == null ? "null" : value) + "}";
    for (NonFinite nonFinite : NonFinite.values()) {
      assertThat(packed(schema, nonFinite, rows(input("the column", datatype, shape, tensor), "")))
          .containsExactly(json(schema, nonFinite, row));
    }
  }

  @Test
  void columnsThatAreMissingOrUnknownAreAsInJson() throws Exception {
    StructType schema = Ddl.columns("a INT, b BIGINT NOT NULL, c STRING");
    String unknown =
        String.join(
            ",",
            input("x", "BYTES", "[2]", "[\"unknown\",\"\"]"),
            input("y", "BOOL", "[2,2]", "[true,true,false,false]"),
            input("z", "FP64", "[2]", "[1,2]"));
    RowBodies lacking = rows(unknown + "," + input("a", "INT8", "[2]", "[1,2]"), "");
    assertThat(packed(schema, NonFinite.REFUSE, lacking).get(0))
        .isEqualTo(json(schema, NonFinite.REFUSE, "{\"a\":1}"));
    RowBodies whole = rows(unknown + "," + input("b", "INT8", "[2]", "[1,2]"), "");
    assertThat(packed(schema, NonFinite.REFUSE, whole))
        .containsExactly(
            json(schema, NonFinite.REFUSE, "{\"b\":1}"),
            json(schema, NonFinite.REFUSE, "{\"b\":2}"));
  }

  @Test
  void bytesInBinaryAreBytesOrText() throws Exception {
    StructType schema = Ddl.columns("a BINARY, b STRING, c DATE, d ARRAY<BINARY>");
    String form =
        "{\"name\":\"%s\",\"datatype\":\"BYTES\",\"shape\":%s,\"parameters\":{\"binary_data_size\":%d}}";
    String inputs =
        String.join(
            ",",
            form.formatted("a", "[1]", 6),
            form.formatted("b", "[1]", 6),
            form.formatted("c", "[1]", 14),
            form.formatted("d", "[1,2]", 9));
    String binary =
        "02000000ff00"
            + "02000000c3a9"
            + "0a000000323032362d30312d3331"
            + "0100000001"
            + "00000000";
    assertThat(packed(schema, NonFinite.REFUSE, rows(inputs, binary)))
        .containsExactly(
            json(
                schema,
                NonFinite.REFUSE,
                "{\"a\":\"/wA=\",\"b\":\"é\",\"c\":\"2026-01-31\",\"d\":[\"AQ==\",\"\"]}"));
    assertThat(packed(schema, NonFinite.REFUSE, rows(form.formatted("b", "[1]", 5), "01000000ff")))
        .containsExactly(
            "field 'b' must be STRING, got bytes that are no text in UTF-8 | b | STRING"
                + " | bytes that are no text in UTF-8");
  }

  @Test
  void textThatShouldBeJsonNamesItsColumn() throws Exception {
    StructType schema = Ddl.columns("a STRUCT<x: INT>, b DECIMAL(30,2)");
    assertThat(packed(schema, NonFinite.REFUSE, rows(input("a", "BYTES", "[1]", "[\"{]\"]"), "")))
        .containsExactly(
            "field 'a' must be STRUCT, a JSON object, as JSON, got a string \"{]\" | a"
                + " | STRUCT, a JSON object, as JSON | a string \"{]\"");
    assertThat(
            packed(
                    schema,
                    NonFinite.REFUSE,
                    rows(input("b", "BYTES", "[1]", "[\"1,\\\"a\\\":2\"]"), ""))
                .get(0))
        .startsWith("field 'b' must be DECIMAL(30,2), as JSON, got a string");
  }

  @Test
  void aLayoutIsReadAnewWhenItChanges() throws Exception {
    StructType schema = Ddl.columns("a INT, b INT");
    PackedRowParser parser = new PackedRowParser(schema, ZoneOffset.UTC, NonFinite.REFUSE);
    for (String inputs :
        List.of(
            input("a", "INT8", "[1]", "[1]") + "," + input("b", "INT8", "[1]", "[2]"),
            input("b", "INT8", "[1]", "[2]") + "," + input("a", "FP64", "[1]", "[1]"),
            input("b", "FP32", "[1]", "[2]") + "," + input("a", "FP64", "[1]", "[1]"))) {
      RowBodies rows = rows(inputs, "");
      InternalRow row = parser.parse(UTF8String.fromString(rows.contentType()), rows.get(0));
      assertThat(row.getInt(0)).isEqualTo(1);
      assertThat(row.getInt(1)).isEqualTo(2);
    }
  }
}
