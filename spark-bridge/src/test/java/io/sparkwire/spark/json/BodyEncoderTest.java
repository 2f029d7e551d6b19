package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sparkwire.spark.catalyst.Catalyst;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.StructsToJson;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;
import scala.collection.immutable.Map$;

class BodyEncoderTest {

  private static final String ZONE = "Asia/Kolkata";
  private static final String JSON = "application/json";

  private static BodyEncoder encoder(StructType column) {
    return Catalyst.inZone(ZONE, () -> BodyEncoder.of(column.fields()[0]));
  }

  private static String encoded(BodyEncoder encoder, InternalRow row) {
    return new String(Catalyst.inZone(ZONE, () -> encoder.encode(row, 0)), UTF_8);
  }

  /** What {@code to_json} makes of a column. */
  private static String toJson(DataType type, InternalRow row) {
    StructsToJson call =
        new StructsToJson(
            Map$.MODULE$.empty(), new BoundReference(0, type, true), Option.apply(ZONE));
    return Catalyst.inZone(ZONE, () -> call.replacement().eval(row)).toString();
  }

  @ParameterizedTest
  @MethodSource("texts")
  void aStringIsPlainText(String text) {
    StructType column = StructType.fromDDL("v STRING");
    BodyEncoder encoder = encoder(column);

    assertThat(encoder.contentType()).isEqualTo("text/plain; charset=utf-8");
    assertThat(encoded(encoder, Catalyst.row(column, text))).isEqualTo(text);
  }

  static Stream<String> texts() {
    return Stream.of("", "plain", "\"quoted\"", "ü😀\n", "x".repeat(100_000));
  }

  @Test
  void binaryStaysAsItIs() {
    StructType column = StructType.fromDDL("v BINARY");
    byte[] bytes = {0, -1, 10, 127, -128};
    BodyEncoder encoder = encoder(column);

    assertThat(encoder.contentType()).isEqualTo("application/octet-stream");
    assertThat(encoder.encode(Catalyst.row(column, (Object) bytes), 0)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @MethodSource("plainValues")
  void aPlainValueIsNamedByItsColumn(String ddl, Object value, String json) {
    StructType column = StructType.fromDDL(ddl);
    BodyEncoder encoder = encoder(column);
    InternalRow row = Catalyst.row(column, value);

    assertThat(encoder.contentType()).isEqualTo(JSON);
    assertThat(encoded(encoder, row)).isEqualTo(json);
    assertThat(encoded(encoder, row)).as("the same again").isEqualTo(json);
  }

  static Stream<Arguments> plainValues() {
    return Stream.of(
        Arguments.of("v BOOLEAN", true, "{\"v\":true}"),
        Arguments.of("v TINYINT", (byte) -1, "{\"v\":-1}"),
        Arguments.of("v SMALLINT", (short) 300, "{\"v\":300}"),
        Arguments.of("v INT", 7, "{\"v\":7}"),
        Arguments.of("v BIGINT", Long.MIN_VALUE, "{\"v\":-9223372036854775808}"),
        Arguments.of("v FLOAT", 1.5f, "{\"v\":1.5}"),
        Arguments.of("v DOUBLE", 0.1, "{\"v\":0.1}"),
        Arguments.of("v DOUBLE", 1e300, "{\"v\":1.0E300}"),
        Arguments.of("v DOUBLE", Double.NaN, "{\"v\":\"NaN\"}"),
        Arguments.of("v DOUBLE", Double.NEGATIVE_INFINITY, "{\"v\":\"-Infinity\"}"),
        Arguments.of("v DECIMAL(10,2)", new BigDecimal("12.50"), "{\"v\":12.50}"),
        Arguments.of("v DATE", Date.valueOf("2026-01-31"), "{\"v\":\"2026-01-31\"}"),
        Arguments.of(
            "v TIMESTAMP",
            Timestamp.from(Instant.parse("2026-01-31T12:30:00Z")),
            "{\"v\":\"2026-01-31T18:00:00.000+05:30\"}"),
        Arguments.of(
            "v TIMESTAMP_NTZ",
            LocalDateTime.parse("2026-01-31T12:30:00"),
            "{\"v\":\"2026-01-31T12:30:00.000\"}"),
        Arguments.of("`a \"b\"` INT", 1, "{\"a \\\"b\\\"\":1}"),
        Arguments.of("`ü.x` INT", 1, "{\"ü.x\":1}"));
  }

  @ParameterizedTest
  @MethodSource("nestedValues")
  void nestedValuesAreJsonAsToJsonWritesIt(String ddl, Object value, String json) {
    StructType column = StructType.fromDDL(ddl);
    BodyEncoder encoder = encoder(column);
    InternalRow row = Catalyst.row(column, value);

    assertThat(encoder.contentType()).isEqualTo(JSON);
    assertThat(encoded(encoder, row))
        .isEqualTo(json)
        .isEqualTo(toJson(column.fields()[0].dataType(), row));
  }

  static Stream<Arguments> nestedValues() {
    return Stream.of(
        Arguments.of("v STRUCT<a: INT>", RowFactory.create(1), "{\"a\":1}"),
        Arguments.of("v STRUCT<a: INT, b: INT>", RowFactory.create(null, 2), "{\"b\":2}"),
        Arguments.of("v STRUCT<a: INT>", RowFactory.create((Object) null), "{}"),
        Arguments.of("v ARRAY<DOUBLE>", List.of(), "[]"),
        Arguments.of("v ARRAY<DOUBLE>", Arrays.asList(1.0, null, Double.NaN), "[1.0,null,\"NaN\"]"),
        Arguments.of("v ARRAY<STRING>", List.of("a\"b", "ü/\\"), "[\"a\\\"b\",\"ü/\\\\\"]"),
        Arguments.of("v ARRAY<ARRAY<INT>>", List.of(List.of(1), List.of()), "[[1],[]]"),
        Arguments.of("v MAP<STRING, INT>", Map.of(), "{}"),
        Arguments.of("v MAP<STRING, INT>", Collections.singletonMap("k", null), "{\"k\":null}"),
        Arguments.of("v MAP<INT, STRING>", Map.of(7, "x"), "{\"7\":\"x\"}"),
        Arguments.of(
            "v STRUCT<b: BINARY>", RowFactory.create("hi".getBytes(UTF_8)), "{\"b\":\"aGk=\"}"),
        Arguments.of(
            "v STRUCT<s: STRUCT<t: TIMESTAMP>, m: MAP<STRING, ARRAY<DECIMAL(5,2)>>>",
            RowFactory.create(
                RowFactory.create(Timestamp.from(Instant.parse("1969-12-31T23:59:59.999Z"))),
                Map.of("k", List.of(new BigDecimal("1.20")))),
            "{\"s\":{\"t\":\"1970-01-01T05:29:59.999+05:30\"},\"m\":{\"k\":[1.20]}}"));
  }

  private static final StructType ANYTHING =
      StructType.fromDDL(
          "v STRUCT<a: BOOLEAN, b: BIGINT, c: DOUBLE, d: STRING, e: ARRAY<STRING>,"
              + " f: MAP<STRING, DOUBLE>, g: STRUCT<h: DATE, i: TIMESTAMP, j: DECIMAL(20,5)>>");

  private static final DataType TYPE = ANYTHING.fields()[0].dataType();

  /** Compares numbers by their value: to_json may write more digits than it takes. */
  private static JsonNode tree(String json) throws JsonProcessingException {
    return new ObjectMapper().readTree(json);
  }

  @Test
  void anyRowIsJsonAsToJsonWritesItAfterAnyNumberOfRows() {
    BodyEncoder encoder = encoder(ANYTHING);
    Random random = new Random(20260131);
    for (int round = 0; round < 500; round++) {
      InternalRow row = Catalyst.row(ANYTHING, anything(random));

      assertThat(encoded(encoder, row))
          .as("round %d", round)
          .satisfies(json -> assertThat(tree(json)).isEqualTo(tree(toJson(TYPE, row))));
    }
  }

  private static Row anything(Random random) {
    Row inner =
        RowFactory.create(
            orNull(random, new Date(random.nextInt() * 100_000L)),
            orNull(random, new Timestamp(random.nextInt(Integer.MAX_VALUE) * 1_000L)),
            orNull(random, BigDecimal.valueOf(random.nextLong(), 5).setScale(5)));
    return RowFactory.create(
        orNull(random, random.nextBoolean()),
        orNull(random, random.nextLong()),
        orNull(random, Double.longBitsToDouble(random.nextLong())),
        orNull(random, text(random)),
        orNull(random, texts(random)),
        orNull(random, Map.of(text(random), random.nextDouble())),
        orNull(random, inner));
  }

  private static Object orNull(Random random, Object value) {
    return random.nextInt(4) == 0 ? null : value;
  }

  private static List<Object> texts(Random random) {
    List<Object> texts = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      texts.add(orNull(random, text(random)));
    }
    return texts;
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(20); i > 0; i--) {
      text.appendCodePoint("aZ0 \"\\/\u0000\n\u2028ü€".charAt(random.nextInt(12)));
    }
    return random.nextInt(5) == 0 ? text.append("😀").toString() : text.toString();
  }

  @Test
  void aShortValueAfterALongOneHasNothingOfIt() {
    StructType column = StructType.fromDDL("v ARRAY<INT>");
    BodyEncoder encoder = encoder(column);

    assertThat(encoded(encoder, Catalyst.row(column, Collections.nCopies(10_000, 7))))
        .hasSize(20_001);
    assertThat(encoded(encoder, Catalyst.row(column, List.of(1)))).isEqualTo("[1]");
  }

  @Test
  void anyOrdinalIsRead() {
    StructType columns = StructType.fromDDL("other STRING, v INT");
    BodyEncoder encoder = BodyEncoder.of(columns.fields()[1]);

    assertThat(encoder.encode(Catalyst.row(columns, "x", 7), 1))
        .asString(UTF_8)
        .isEqualTo("{\"v\":7}");
  }

  @Test
  void onlyPlainTypesNeedAName() {
    assertThat(BodyEncoder.isPlain(DataTypes.IntegerType)).isTrue();
    assertThat(BodyEncoder.isPlain(DataTypes.TimestampType)).isTrue();
    assertThat(BodyEncoder.isPlain(DataTypes.StringType)).isFalse();
    assertThat(BodyEncoder.isPlain(DataTypes.createVarcharType(5))).isFalse();
    assertThat(BodyEncoder.isPlain(DataTypes.BinaryType)).isFalse();
    assertThat(BodyEncoder.isPlain(new StructType())).isFalse();
    assertThat(BodyEncoder.isPlain(DataTypes.createArrayType(DataTypes.LongType))).isFalse();
  }
}
