package io.sparkwire.spark.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.spark.catalyst.Catalyst;
import io.sparkwire.spark.row.RowSchema;
import io.sparkwire.spark.source.ReplyColumns;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.MatrixUDT;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimeType;
import org.apache.spark.types.variant.Variant;
import org.apache.spark.types.variant.VariantBuilder;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.unsafe.types.VariantVal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values are in JSON, where Spark's {@code to_json} loses some of them above all. */
class JsonWritersTest {

  private static final DataType VECTOR = SQLDataTypes.VectorType();

  private static String written(DataType type, InternalRow row, String zone) {
    return Catalyst.inZone(
        zone,
        () ->
            new String(
                new JsonEncoder(JsonWriters.ofSession().of(type, "v")).encode(row, 0), UTF_8));
  }

  private static String written(DataType type, Object value, String zone) {
    return written(type, Catalyst.row(new StructType().add("v", type), value), zone);
  }

  private static String written(DataType type, Object value) {
    return written(type, value, "Asia/Kolkata");
  }

  private static String internal(DataType type, Object value) {
    return written(type, new GenericInternalRow(new Object[] {value}), "UTC");
  }

  private static String timestamp(String instant, String zone) {
    Instant at = Instant.parse(instant);
    long micros = at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    return written(DataTypes.TimestampType, new GenericInternalRow(new Object[] {micros}), zone);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:30:00Z,        UTC,              2026-01-31T12:30:00.000Z",
    "2026-01-31T12:30:00.120Z,    UTC,              2026-01-31T12:30:00.120Z",
    "2026-01-31T12:30:00.123456Z, UTC,              2026-01-31T12:30:00.123456Z",
    "2026-01-31T12:30:00.000001Z, Asia/Kolkata,     2026-01-31T18:00:00.000001+05:30",
    "1969-12-31T23:59:59.999999Z, UTC,              1969-12-31T23:59:59.999999Z",
    "1969-12-31T23:59:59.999999Z, America/New_York, 1969-12-31T18:59:59.999999-05:00",
    "2026-07-01T00:00:00.5Z,      America/New_York, 2026-06-30T20:00:00.500-04:00",
    "0001-01-01T00:00:00.5Z,      America/New_York, 0001-01-01T00:00:00.500Z",
    "0001-01-01T12:34:56.789012Z, Europe/Berlin,    0001-01-01T12:34:56.789012Z",
    "1890-06-01T00:00:00Z,        Europe/Amsterdam, 1890-06-01T00:00:00.000Z",
    "0000-01-01T00:00:00Z,        UTC,              0000-01-01T00:00:00.000Z",
    "9999-12-31T23:59:59.999999Z, UTC,              9999-12-31T23:59:59.999999Z",
    "2026-01-31T12:30:00Z,        +18:00,           2026-02-01T06:30:00.000+18:00",
  })
  void aTimestampIsItsVeryInstant(String instant, String zone, String text) {
    assertThat(timestamp(instant, zone)).isEqualTo('"' + text + '"');
    assertThat(OffsetDateTime.parse(text).toInstant()).isEqualTo(Instant.parse(instant));
    assertThat(ParserProbe.of("t TIMESTAMP").parse("{'t':'" + text + "'}").getTimestamp(0))
        .as("what a service reads of it")
        .isEqualTo(ParserProbe.of("t TIMESTAMP").parse("{'t':'" + instant + "'}").getTimestamp(0));
  }

  @Test
  void aTimestampOfAYearBeyondFourDigitsHasASign() {
    assertThat(timestamp("+10000-01-01T00:00:00Z", "UTC"))
        .isEqualTo("\"+10000-01-01T00:00:00.000Z\"");
    assertThat(timestamp("-0001-12-31T00:00:00Z", "UTC"))
        .isEqualTo("\"-0001-12-31T00:00:00.000Z\"");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T12:30:00,        2026-01-31T12:30:00.000",
    "2026-01-31T12:30:00.123456, 2026-01-31T12:30:00.123456",
    "0001-01-01T00:00:00.000001, 0001-01-01T00:00:00.000001",
    "+10000-01-01T00:00,         +10000-01-01T00:00:00.000",
  })
  void aTimestampWithoutZoneKeepsItsMicroseconds(String time, String text) {
    assertThat(written(DataTypes.TimestampNTZType, LocalDateTime.parse(time)))
        .isEqualTo('"' + text + '"');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-31",
        "0000-01-01",
        "0001-01-01",
        "9999-12-31",
        "+10000-01-01",
        "-0001-01-01"
      })
  void aDateIsADayOfItsYear(String date) {
    int days = (int) LocalDate.parse(date).toEpochDay();

    assertThat(internal(DataTypes.DateType, days)).isEqualTo('"' + date + '"');
  }

  @Test
  void aTimeOfDayAndIntervalsAreText() {
    assertThat(internal(new TimeType(6), 45_000_123_456_000L)).isEqualTo("\"12:30:00.123456\"");
    assertThat(internal(new TimeType(0), 0L)).isEqualTo("\"00:00:00.000\"");
    assertThat(written(DataTypes.createDayTimeIntervalType(), Duration.ofMillis(90_061_500)))
        .isEqualTo("\"INTERVAL '1 01:01:01.5' DAY TO SECOND\"");
    assertThat(written(DataTypes.createYearMonthIntervalType(), Period.ofMonths(-14)))
        .isEqualTo("\"INTERVAL '-1-2' YEAR TO MONTH\"");
  }

  static Stream<Arguments> numbers() {
    return Stream.of(
        Arguments.of(DataTypes.DoubleType, -0.0, "-0.0"),
        Arguments.of(DataTypes.DoubleType, 0.0, "0.0"),
        Arguments.of(DataTypes.DoubleType, Double.valueOf("2e23"), "2.0E23"),
        Arguments.of(DataTypes.DoubleType, 2.2250738585072014E-308, "2.2250738585072014E-308"),
        Arguments.of(DataTypes.DoubleType, Double.NaN, "\"NaN\""),
        Arguments.of(DataTypes.DoubleType, Double.POSITIVE_INFINITY, "\"Infinity\""),
        Arguments.of(DataTypes.FloatType, -0.0f, "-0.0"),
        Arguments.of(DataTypes.FloatType, 0.1f, "0.1"),
        Arguments.of(DataTypes.FloatType, 16777216f, "1.6777216E7"),
        Arguments.of(DataTypes.FloatType, Float.MIN_NORMAL, "1.1754944E-38"),
        Arguments.of(DataTypes.FloatType, Float.NEGATIVE_INFINITY, "\"-Infinity\""),
        Arguments.of(DataTypes.createDecimalType(38, 18), BigDecimal.ZERO, "0E-18"),
        Arguments.of(
            DataTypes.createDecimalType(38, 0),
            new BigDecimal("99999999999999999999999999999999999999"),
            "99999999999999999999999999999999999999"),
        Arguments.of(DataTypes.createDecimalType(10, 8), new BigDecimal("0.00000001"), "1E-8"));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void aNumberKeepsItsValue(DataType type, Object value, String text) {
    assertThat(written(type, value)).isEqualTo(text);
  }

  @Test
  void aVariantIsItsJson() throws Exception {
    Variant variant = VariantBuilder.parseJson("{\"a\":[1,-0.5,\"x\"],\"b\":null}", false);

    assertThat(
            internal(
                DataTypes.VariantType, new VariantVal(variant.getValue(), variant.getMetadata())))
        .isEqualTo("{\"a\":[1,-0.5,\"x\"],\"b\":null}");
  }

  private static final Vector DENSE = Vectors.dense(1, -0.0, 2.5);
  private static final Vector SPARSE = Vectors.sparse(4, new int[] {1, 3}, new double[] {-2, 0.5});

  static Stream<Arguments> vectors() {
    return Stream.of(
        Arguments.of(VECTOR, DENSE, "[1.0,-0.0,2.5]"),
        Arguments.of(VECTOR, SPARSE, "[0.0,-2.0,0.0,0.5]"),
        Arguments.of(VECTOR, Vectors.zeros(0), "[]"),
        Arguments.of(VECTOR, Vectors.sparse(2, new int[0], new double[0]), "[0.0,0.0]"),
        Arguments.of(
            DataTypes.createArrayType(VECTOR),
            Arrays.asList(DENSE, null, SPARSE),
            "[[1.0,-0.0,2.5],null,[0.0,-2.0,0.0,0.5]]"),
        Arguments.of(
            new StructType().add("a", VECTOR).add("b", VECTOR),
            RowFactory.create(SPARSE, null),
            "{\"a\":[0.0,-2.0,0.0,0.5]}"),
        Arguments.of(
            DataTypes.createMapType(DataTypes.StringType, VECTOR),
            Map.of("k", DENSE),
            "{\"k\":[1.0,-0.0,2.5]}"),
        Arguments.of(
            DataTypes.createArrayType(new StructType().add("v", DataTypes.createArrayType(VECTOR))),
            List.of(RowFactory.create(List.of(SPARSE))),
            "[{\"v\":[[0.0,-2.0,0.0,0.5]]}]"));
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void aVectorIsAllItsValuesInAnyPlace(DataType type, Object value, String text) {
    assertThat(written(type, value)).isEqualTo(text);
  }

  static Stream<Arguments> keys() {
    return Stream.of(
        Arguments.of(
            DataTypes.TimestampType, 1_769_817_600_000_001L, "2026-01-31T00:00:00.000001Z"),
        Arguments.of(DataTypes.TimestampNTZType, 0L, "1970-01-01T00:00:00.000"),
        Arguments.of(DataTypes.DateType, 1, "1970-01-02"),
        Arguments.of(DataTypes.BinaryType, new byte[] {'h', 'i'}, "aGk="),
        Arguments.of(DataTypes.BooleanType, true, "true"),
        Arguments.of(DataTypes.LongType, Long.MIN_VALUE, "-9223372036854775808"),
        Arguments.of(DataTypes.DoubleType, 0.5, "0.5"),
        Arguments.of(DataTypes.StringType, UTF8String.fromString("a\"b"), "a\\\"b"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyOfAMapIsTheTextOfItsValue(DataType type, Object key, String name) {
    DataType map = DataTypes.createMapType(type, DataTypes.IntegerType);
    Object entry =
        new ArrayBasedMapData(
            new GenericArrayData(new Object[] {key}), new GenericArrayData(new Object[] {7}));

    assertThat(internal(map, entry)).isEqualTo("{\"" + name + "\":7}");
  }

  @Test
  void aMapInWhichAKeyComesTwiceHasItsLastValue() {
    Object[] keys = Stream.of("a", "b", "a", "c").map(UTF8String::fromString).toArray();
    Object map =
        new ArrayBasedMapData(
            new GenericArrayData(keys), new GenericArrayData(new Object[] {1, 2, null, 4}));

    assertThat(internal(DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType), map))
        .isEqualTo("{\"b\":2,\"a\":null,\"c\":4}");
  }

  @Test
  void textThatIsNoUtf8IsWrittenAsUtf8() {
    UTF8String text = UTF8String.fromBytes(new byte[] {'a', (byte) 0xFF, 'b'});

    assertThat(internal(DataTypes.StringType, text)).isEqualTo("\"a\uFFFDb\"");
  }

  static Stream<Arguments> refused() {
    StructType twice = new StructType().add("value", "INT").add("value", "STRING");
    return Stream.of(
        Arguments.of(
            twice,
            "'reply' has two fields named 'value', but a JSON object has each name once; rename one"
                + " of them, as in SELECT value AS other_name"),
        Arguments.of(
            DataTypes.createArrayType(new StructType().add("s", twice)),
            "'reply[].s' has two fields named 'value'"),
        Arguments.of(
            DataTypes.createMapType(DataTypes.StringType, twice),
            "'reply{}' has two fields named 'value'"),
        Arguments.of(
            new StructType().add("m", new MatrixUDT()),
            "'reply.m' has the type matrix, which has no form in JSON; make it text or an array"),
        Arguments.of(
            DataTypes.createMapType(new StructType().add("a", "INT"), DataTypes.LongType),
            "'reply' is a map with keys of type STRUCT<a: INT>, which cannot be names of a JSON"
                + " object; make them text"),
        Arguments.of(
            DataTypes.createMapType(DataTypes.createArrayType(DataTypes.LongType), VECTOR),
            "'reply' is a map with keys of type ARRAY<BIGINT>"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void whatJsonHasNoFormForIsRefusedAtTheStart(DataType type, String message) {
    StructType columns = new StructType().add("id", RowSchema.ID_TYPE).add("reply", type);

    assertThatThrownBy(() -> ReplyColumns.of(columns))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void namesThatDifferInCaseAreTwo() {
    StructType type = new StructType().add("a", "INT").add("A", "INT");

    assertThat(written(type, RowFactory.create(1, 2))).isEqualTo("{\"a\":1,\"A\":2}");
  }
}
