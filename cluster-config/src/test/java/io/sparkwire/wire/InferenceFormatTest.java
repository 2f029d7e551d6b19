package io.sparkwire.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.message.FailureCode;
import io.sparkwire.message.Header;
import io.sparkwire.message.NodeId;
import io.sparkwire.message.RequestId;
import io.sparkwire.message.ServiceReply;
import io.sparkwire.message.ServiceRequest;
import io.sparkwire.message.ServiceSchema;
import io.sparkwire.message.ServiceSpec;
import io.sparkwire.message.TestSpec;
import io.vertx.core.MultiMap;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InferenceFormatTest {

  private static final RowFormat PACKED = InferenceFormat.packed();
  private static final RowFormat JSON = InferenceFormat.json();
  private static final String LENGTH = "Inference-Header-Content-Length";

  private static ServiceSpec service(String reply) {
    return TestSpec.of("m").batch(3).build().withSchema(new ServiceSchema("a INT", reply));
  }

  private static ServiceRequest request(byte[] body, int jsonLength) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    if (jsonLength != body.length) {
      headers.add(LENGTH, Integer.toString(jsonLength));
    }
    return new ServiceRequest(
        new RequestId(new NodeId("n1"), 1),
        "m",
        "POST",
        "/v2/models/m/infer",
        "HTTP/1.1",
        headers,
        Map.of(),
        body,
        "v2",
        0);
  }

  private static ServiceRequest request(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    return request(bytes, bytes.length);
  }

  /** A request whose JSON is followed by bytes, which are written as hexadecimal digits. */
  private static ServiceRequest request(String json, String binary) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(json.getBytes(UTF_8));
    int length = body.size();
    body.writeBytes(HexFormat.of().parseHex(binary.replace(" ", "")));
    return request(body.toByteArray(), length);
  }

  private static String input(String name, String type, String shape, String data) {
    return "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":%s,\"data\":%s}"
        .formatted(name, type, shape, data);
  }

  private static String body(String... inputs) {
    return "{\"inputs\":[" + String.join(",", inputs) + "]}";
  }

  private static List<String> jsonRows(ServiceRequest request) throws BadRowsException {
    return JSON.rows(request, service("")).bodies().stream()
        .map(row -> new String(row, UTF_8))
        .toList();
  }

  private static void isRefused(ServiceRequest request, String message) {
    assertThatThrownBy(() -> PACKED.rows(request, service("b INT")))
        .hasMessage(message)
        .isInstanceOfSatisfying(
            BadRowsException.class,
            e -> assertThat(e.failure().code()).isEqualTo(FailureCode.BAD_INPUT));
  }

  @Test
  void columnsBecomeRows() throws BadRowsException {
    assertThat(
            jsonRows(
                request(
                    body(
                        input("a", "INT32", "[2]", "[1,-2.0]"),
                        input("b", "FP64", "[2,1]", "[[0.5],[1e3]]"),
                        input("c", "BYTES", "[2]", "[\"é\\\"\",null]"),
                        input("d", "BOOL", "[2]", "[true,false]"),
                        input("e", "FP32", "[2,2]", "[0.1,-0,\"NaN\",4]"),
                        input("f", "UINT64", "[2]", "[18446744073709551615,1]")))))
        .containsExactly(
            "{\"a\":1,\"b\":[0.5],\"c\":\"é\\\"\",\"d\":true,"
                + "\"e\":[0.10000000149011612,-0.0],\"f\":18446744073709551615}",
            "{\"a\":-2,\"b\":[1000.0],\"c\":null,\"d\":false,\"e\":[\"NaN\",4.0],\"f\":1}");
  }

  @Test
  void membersMayComeInAnyOrder() throws BadRowsException {
    String input =
        "{\"data\":[[1,2],[3,4]],\"x\":{},\"shape\":[2,2],\"datatype\":\"INT8\","
            + "\"parameters\":{\"content_type\":\"np\"},\"name\":\"a\"}";
    assertThat(
            jsonRows(
                request(
                    "{\"outputs\":[{\"name\":\"b\"}],\"inputs\":[" + input + "],\"id\":\"7\"}")))
        .containsExactly("{\"a\":[1,2]}", "{\"a\":[3,4]}");
  }

  @Test
  void theLayoutOfPackedRowsNamesTheirColumns() throws BadRowsException {
    RowBodies rows =
        PACKED.rows(
            request(
                body(
                    input("a, b", "INT32", "[1]", "[258]"),
                    input("c", "FP64", "[1,2]", "[1,null]"),
                    input("d", "BYTES", "[1]", "[\"hé\"]"),
                    input("e", "BOOL", "[1]", "[true]"))),
            service(""));

    assertThat(rows.contentType())
        .isEqualTo(
            "application/vnd.sparkwire.packed-row; nulls=true;"
                + " columns=a%2C+b:INT64,c:FP64[2],d:TEXT,e:BOOL");
    assertThat(RowLayout.parse(rows.contentType()).contentType()).isEqualTo(rows.contentType());
    assertThat(HexFormat.of().formatHex(rows.get(0)))
        .isEqualTo(
            "04"
                + "0201000000000000"
                + "000000000000f03f"
                + "0000000000000000"
                + "0300000068c3a9"
                + "01");
  }

  @Test
  void binaryTensorsFollowTheJson() throws BadRowsException {
    String json =
        Stream.of("INT16 4", "FP32 8", "UINT8 2", "BYTES 11", "FP16 4", "BOOL 2", "UINT64 16")
            .map(type -> type.split(" "))
            .map(
                type ->
                    "{\"name\":\"%s\",\"datatype\":\"%s\",\"shape\":[2],\"parameters\":{\"binary_data_size\":%s}}"
                        .formatted(type[0], type[0], type[1]))
            .toList()
            .toString();
    assertThat(
            jsonRows(
                request(
                    "{\"inputs\":" + json + "}",
                    "0100 ffff 0000c03f 0000807f ff00 01000000 61 02000000 c3a9 003c 01fc 0100"
                        + "ffffffffffffffff 0100000000000000")))
        .containsExactly(
            "{\"INT16\":1,\"FP32\":1.5,\"UINT8\":255,\"BYTES\":\"a\",\"FP16\":1.0,\"BOOL\":true,"
                + "\"UINT64\":18446744073709551615}",
            "{\"INT16\":-1,\"FP32\":\"Infinity\",\"UINT8\":0,\"BYTES\":\"é\",\"FP16\":\"NaN\","
                + "\"BOOL\":false,\"UINT64\":1}");
  }

  @ParameterizedTest
  @CsvSource({
    "0000,0",
    "8000,-0",
    "3c00,1",
    "c000,-2",
    "7bff,65504",
    "0001,5.9604644775390625e-8",
    "0400,6.103515625e-5",
    "3555,0.333251953125",
    "7c00,Infinity",
    "fc00,-Infinity"
  })
  void halfPrecisionIsReadExactly(String bits, double value) {
    assertThat(RealValues.ofHalf((short) Integer.parseInt(bits, 16))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          INT8   | [2]    | [1]           | 'data' must have 2 elements, as the shape says, got 1
          INT8   | [1]    | [1,2]         | 'data' must have 1 elements, as the shape says, got more
          INT8   | [2]    | [[1],[2]]     | 'data' must be a flat array, or have an array for each row of shape [n,k]
          INT8   | [1,2]  | [1,[2]]       | 'data' must be a flat array, or have an array for each row of shape [n,k]
          INT8   | [2,2]  | [[1],[2,3,4]] | each row must have 2 elements, as the shape says, got 1
          INT8   | [-1]   | [1]           | 'shape' must have sizes from 0 on, got the number -1
          INT8   | []     | 1             | 'shape' must be [n], or [n,k] for an array in each row, got []
          INT8   | [1,1,1]| [1]           | 'shape' must be [n], or [n,k] for an array in each row, got [1, 1, 1]
          INT8   | 3      | [1]           | 'shape' must be an array, got the number 3
          INT8   | [1.5]  | [1]           | 'shape' must have sizes from 0 on, got the number 1.5
          INT8   | [2,9999999999]| [1]    | 'shape' is [2, 9999999999], for which the body has too few elements
          INT8   | [1]    | 1             | 'data' must be an array, got the number 1
          INT    | [1]    | [1]           | 'datatype' must be one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, FP32, FP64, BYTES, got 'INT'
          """)
  void aTensorThatDoesNotFitItsShapeIsRefused(
      String type, String shape, String data, String message) {
    isRefused(request(body(input("a", type, shape, data))), "input 'a': " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          INT8   | 128    | INT8, from -128 to 127, got the number 128
          UINT8  | -1     | UINT8, from 0 to 255, got the number -1
          INT64  | 9223372036854775808 | INT64, from -9223372036854775808 to 9223372036854775807, got the number 9223372036854775808
          UINT64 | 18446744073709551616 | UINT64, from 0 to 18446744073709551615, got the number 18446744073709551616
          INT32  | 1.5    | INT32, a whole number, got the number 1.5
          INT32  | "1"    | INT32, got a string "1"
          INT32  | true   | INT32, got the boolean true
          BOOL   | 1      | BOOL, got the number 1
          FP32   | 1e39   | FP32, within its range, got the number 1e39
          FP64   | 1e309  | FP64, within its range, got the number 1e309
          FP64   | "x"    | FP64, got a string "x"
          FP64   | {}     | FP64, got an object
          BYTES  | 1      | BYTES, a string, got the number 1
          BYTES  | "\\ud800" | BYTES, text without half surrogate pairs, got a string "\ud800"
          """)
  void anElementOfAnotherTypeIsRefused(String type, String element, String message) {
    String shown = message.replace("\\ud800", "\ud800");
    isRefused(
        request(body(input("a", type, "[2]", "[null," + element + "]"))),
        "rows[1]: input 'a' must be " + shown);
  }

  @Test
  void inputsThatDoNotFitTogetherAreRefused() {
    String a = input("a", "INT8", "[1]", "[1]");
    isRefused(
        request(body(a, input("b", "INT8", "[2]", "[1,2]"))),
        "input 'b': all inputs must have the same number of rows; 'a' has 1, got 2");
    isRefused(request(body(a, a)), "input 'a': each input must come once, but it came again");
    isRefused(request("{\"inputs\":[]}"), "the body must have 'inputs', at least one");
    isRefused(request("{}"), "the body must have 'inputs', at least one");
    isRefused(request("[]"), "the body must be a JSON object with 'inputs'");
    isRefused(request("{\"inputs\":{}}"), "'inputs' must be an array, got an object");
    isRefused(request("{\"inputs\":[1]}"), "each of 'inputs' must be an object, got the number 1");
    isRefused(request(body("{\"datatype\":\"INT8\"}")), "each of 'inputs' must have a 'name'");
    isRefused(
        request(body("{\"name\":\"a\",\"datatype\":\"INT8\",\"shape\":[1]}")),
        "input 'a': 'data' is missing");
    isRefused(request(body(a) + "1"), "the body must be one JSON object, got more after it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{\"inputs\":",
        "{\"inputs\":[{]}",
        "\uFEFF{}",
        "x",
        "{\"inputs\":[{\"name\":\"a\",\"name\":\"b\"}]}"
      })
  void whatIsNoJsonIsRefused(String body) {
    assertThatThrownBy(() -> PACKED.rows(request(body), service("")))
        .isInstanceOf(BadRowsException.class);
  }

  @Test
  void binaryDataThatDoesNotFitIsRefused() {
    String form =
        "{\"inputs\":[{\"name\":\"a\",\"datatype\":\"%s\",\"shape\":[1],\"parameters\":{\"binary_data_size\":%s}}]}";
    isRefused(
        request(form.formatted("INT32", 4), "0102"),
        "input 'a': 'binary_data_size' is 4, but 2 bytes are left");
    isRefused(
        request(form.formatted("INT32", 2), "0102"),
        "input 'a': 2 bytes of binary data are too few for the shape");
    isRefused(
        request(form.formatted("INT8", 2), "0102"),
        "input 'a': 2 bytes of binary data are too many for the shape");
    isRefused(
        request(form.formatted("INT8", 1), "0102"), "1 bytes follow the JSON that are of no input");
    isRefused(
        request(form.formatted("INT8", -1), "01"),
        "input 'a': 'binary_data_size' must be a number of bytes, got the number -1");
    isRefused(
        request(form.formatted("BYTES", 5), "ffffffff00"),
        "input 'a': 5 bytes of binary data are too few for the shape");
    isRefused(
        request(form.formatted("BOOL", 1), "02"),
        "rows[0]: input 'a' must be BOOL, a byte of 0 or 1");
    isRefused(
        request(new byte[] {'{', '}'}, 3),
        "Inference-Header-Content-Length must be 0 to 2, got '3'");
  }

  @Test
  void moreRowsThanAllowedAreRefused() {
    assertThatThrownBy(
            () -> PACKED.rows(request(body(input("a", "INT8", "[4]", "[1,2,3,4]"))), service("")))
        .hasMessage("a request may have 3 rows at most; send fewer at a time");
  }

  @Test
  void anOutputThatThereIsNotIsRefused() {
    String body =
        "{\"inputs\":[%s],\"outputs\":[{\"name\":\"c\"}]}"
            .formatted(input("a", "INT8", "[1]", "[1]"));
    isRefused(request(body), "there is no output 'c'; the outputs are b");
    ServiceReply reply = reply(body, "", "{\"b\":1}");
    assertThat(reply.status()).isEqualTo(400);
  }

  private static ServiceReply reply(String request, String schema, String... rows) {
    List<ServiceReply> ofRows =
        Stream.of(rows)
            .map(row -> ServiceReply.ok("application/json", row.getBytes(UTF_8)))
            .toList();
    return PACKED.reply(request(request), service(schema), ofRows);
  }

  private static String outputs(String schema, String... rows) {
    String reply = new String(reply("{\"inputs\":[]}", schema, rows).body(), UTF_8);
    String begin = "{\"model_name\":\"m\",\"model_version\":\"1\",\"outputs\":[";
    assertThat(reply).startsWith(begin).endsWith("]}");
    return reply.substring(begin.length(), reply.length() - 2);
  }

  @Test
  void fieldsOfRepliesBecomeOutputs() {
    assertThat(
            outputs(
                "a INT NOT NULL,b STRING COMMENT 'it''s, so',`c d` VECTOR(2),e STRUCT<x: INT, y: ARRAY<INT>>,"
                    + "f DECIMAL(20,2),g BINARY",
                "{\"a\":1,\"b\":\"x\",\"c d\":[0.5,1.0],\"e\":{\"x\":1,\"y\":[]},\"f\":1.50,\"g\":\"AA==\"}",
                "{\"a\":2,\"c d\":[2.5,-0.0],\"e\":{},\"f\":2.00,\"g\":\"\"}"))
        .isEqualTo(
            "{\"name\":\"a\",\"datatype\":\"INT32\",\"shape\":[2],\"data\":[1,2]},"
                + "{\"name\":\"b\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"x\",null]},"
                + "{\"name\":\"c d\",\"datatype\":\"FP64\",\"shape\":[2,2],\"data\":[0.5,1.0,2.5,-0.0]},"
                + "{\"name\":\"e\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"{\\\"x\\\":1,\\\"y\\\":[]}\",\"{}\"]},"
                + "{\"name\":\"f\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"1.50\",\"2.00\"]},"
                + "{\"name\":\"g\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"AA==\",\"\"]}");
  }

  @Test
  void repliesThatAreNoObjectsAreOneOutput() {
    assertThat(outputs("ARRAY<DOUBLE>", "[1.0,2.0]", "[3.0,4.0]"))
        .isEqualTo(
            "{\"name\":\"reply\",\"datatype\":\"FP64\",\"shape\":[2,2],\"data\":[1.0,2.0,3.0,4.0]}");
    assertThat(outputs("ARRAY<DOUBLE>", "[1.0,2.0]", "[]"))
        .isEqualTo(
            "{\"name\":\"reply\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"[1.0,2.0]\",\"[]\"]}");
    ServiceReply text = ServiceReply.ok("text/plain", "a\"b".getBytes(UTF_8));
    assertThat(
            new String(PACKED.reply(request("{}"), service("STRING"), List.of(text)).body(), UTF_8))
        .contains("\"name\":\"reply\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"a\\\"b\"]");
  }

  @Test
  void anUnknownSchemaIsWhatTheValuesAre() {
    assertThat(
            outputs(
                "",
                "{\"a\":1,\"b\":1.5,\"c\":true,\"d\":\"x\",\"e\":[1,2],\"f\":null,\"g\":{\"h\":1}}",
                "{\"a\":2,\"b\":2,\"c\":false,\"d\":\"y\",\"e\":[3,4],\"f\":null,\"g\":[]}"))
        .isEqualTo(
            "{\"name\":\"a\",\"datatype\":\"INT64\",\"shape\":[2],\"data\":[1,2]},"
                + "{\"name\":\"b\",\"datatype\":\"FP64\",\"shape\":[2],\"data\":[1.5,2]},"
                + "{\"name\":\"c\",\"datatype\":\"BOOL\",\"shape\":[2],\"data\":[true,false]},"
                + "{\"name\":\"d\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"x\",\"y\"]},"
                + "{\"name\":\"e\",\"datatype\":\"INT64\",\"shape\":[2,2],\"data\":[1,2,3,4]},"
                + "{\"name\":\"f\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[null,null]},"
                + "{\"name\":\"g\",\"datatype\":\"BYTES\",\"shape\":[2],\"data\":[\"{\\\"h\\\":1}\",\"[]\"]}");
  }

  @Test
  void aReplyOfNoRowsHasItsOutputsAllTheSame() {
    assertThat(outputs("a INT,b VECTOR(3)"))
        .isEqualTo(
            "{\"name\":\"a\",\"datatype\":\"INT32\",\"shape\":[0],\"data\":[]},"
                + "{\"name\":\"b\",\"datatype\":\"FP64\",\"shape\":[0,3],\"data\":[]}");
  }

  @Test
  void theIdIsEchoedAndOutputsComeAsAsked() {
    String request =
        "{\"id\":\"a\\u00e9\\\"\",\"inputs\":[{\"data\":[\"]}\\\\\"]}],"
            + "\"outputs\":[{\"name\":\"b\"},{\"name\":\"a\"}]}";
    assertThat(new String(reply(request, "a INT,b INT,c INT", "{\"a\":1,\"b\":2}").body(), UTF_8))
        .isEqualTo(
            "{\"model_name\":\"m\",\"model_version\":\"1\",\"id\":\"a\\u00e9\\\"\",\"outputs\":["
                + "{\"name\":\"b\",\"datatype\":\"INT32\",\"shape\":[1],\"data\":[2]},"
                + "{\"name\":\"a\",\"datatype\":\"INT32\",\"shape\":[1],\"data\":[1]}]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"outputs\":[],\"inputs\":[]}",
        "{\"outputs\":null,\"id\":null,\"parameters\":null,\"inputs\":[]}",
        "{\"parameters\":{\"binary_data_output\":null},\"inputs\":[]}"
      })
  void whatIsNullOrEmptyIsLeftOut(String request) {
    assertThat(new String(reply(request, "a INT,b INT", "{\"a\":1,\"b\":2}").body(), UTF_8))
        .isEqualTo(
            "{\"model_name\":\"m\",\"model_version\":\"1\",\"outputs\":["
                + "{\"name\":\"a\",\"datatype\":\"INT32\",\"shape\":[1],\"data\":[1]},"
                + "{\"name\":\"b\",\"datatype\":\"INT32\",\"shape\":[1],\"data\":[2]}]}");
  }

  @Test
  void parametersOfATensorMayBeNull() throws BadRowsException {
    String tensor =
        "{\"name\":\"b\",\"datatype\":\"INT32\",\"shape\":[1],\"parameters\":null,\"data\":[7]}";
    assertThat(jsonRows(request(body(tensor)))).containsExactly("{\"b\":7}");
  }

  @Test
  void whatFollowsLongDataIsFoundWhereverThatEnds() {
    for (int length = 1; length < 40; length++) {
      String data = "[[" + "1, ".repeat(length) + "-2.5e-7],[\"" + "]".repeat(length) + "\"]]";
      String request = "{\"inputs\":[{\"data\":" + data + "}],\"id\":\"" + length + "\"}";
      assertThat(new String(reply(request, "a INT", "{\"a\":1}").body(), UTF_8))
          .contains("\"id\":\"" + length + "\",\"outputs\"");
    }
  }

  @Test
  void outputsComeInBinaryWhereAsked() {
    String request =
        "{\"parameters\":{\"binary_data_output\":true},\"outputs\":["
            + "{\"name\":\"a\"},{\"name\":\"b\"},{\"name\":\"c\"},{\"name\":\"d\"},"
            + "{\"name\":\"e\",\"parameters\":{\"binary_data\":false}},{\"name\":\"f\"}]}";
    ServiceReply reply =
        reply(
            request,
            "a INT,b DOUBLE,c STRING,d BIGINT,e BOOLEAN,f BINARY",
            "{\"a\":-1,\"b\":0.5,\"c\":\"é\\n\",\"d\":1,\"e\":true,\"f\":\"AAE=\"}",
            "{\"a\":2,\"c\":\"\",\"e\":true,\"f\":\"\"}");

    assertThat(reply.contentType()).isEqualTo("application/octet-stream");
    int length = Integer.parseInt(header(reply));
    assertThat(new String(reply.body(), 0, length, UTF_8))
        .contains(
            "{\"name\":\"a\",\"datatype\":\"INT32\",\"shape\":[2],\"parameters\":{\"binary_data_size\":8}}",
            "{\"name\":\"b\",\"datatype\":\"FP64\",\"shape\":[2],\"parameters\":{\"binary_data_size\":16}}",
            "{\"name\":\"c\",\"datatype\":\"BYTES\",\"shape\":[2],\"parameters\":{\"binary_data_size\":11}}",
            "{\"name\":\"d\",\"datatype\":\"INT64\",\"shape\":[2],\"data\":[1,null]}",
            "{\"name\":\"e\",\"datatype\":\"BOOL\",\"shape\":[2],\"data\":[true,true]}")
        .endsWith("]}");
    ByteBuffer binary =
        ByteBuffer.wrap(reply.body(), length, reply.body().length - length)
            .order(ByteOrder.LITTLE_ENDIAN);
    assertThat(binary.getInt()).isEqualTo(-1);
    assertThat(binary.getInt()).isEqualTo(2);
    assertThat(binary.getDouble()).isEqualTo(0.5);
    assertThat(binary.getDouble()).isNaN();
    byte[] rest = new byte[binary.remaining()];
    binary.get(rest);
    assertThat(HexFormat.of().formatHex(rest))
        .isEqualTo("03000000c3a90a" + "00000000" + "020000000001" + "00000000");
  }

  private static String header(ServiceReply reply) {
    return reply.headers().stream()
        .filter(field -> field.name().equals(LENGTH))
        .map(Header::value)
        .findFirst()
        .orElseThrow();
  }
}
