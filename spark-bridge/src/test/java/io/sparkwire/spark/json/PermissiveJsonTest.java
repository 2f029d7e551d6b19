package io.sparkwire.spark.json;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.from_json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.sparkwire.spark.TestSpark;
import io.sparkwire.spark.catalyst.Ddl;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Permissive reading is that of Spark's {@code from_json}, but its cost has a bound. */
@ExtendWith(TestSpark.class)
class PermissiveJsonTest {

  /** Spark needs minutes or hours for each of the numbers here, so no machine is too slow. */
  private static final Duration AT_ONCE = Duration.ofSeconds(60);

  private final SparkSession spark = TestSpark.session();

  private List<Row> read(List<String> bodies, Column parsed) {
    Dataset<Row> texts = spark.createDataset(bodies, Encoders.STRING()).toDF("text");
    return assertTimeoutPreemptively(
        AT_ONCE, () -> BoundedFromJson.in(texts.select(parsed.as("j"))).collectAsList());
  }

  private List<Row> read(String ddl, List<String> bodies) {
    Column parsed = PermissiveJson.read(col("text"), StructType.fromDDL(ddl));
    return read(bodies, parsed).stream().map(row -> row.getStruct(0)).toList();
  }

  @Test
  void anArrayOfAnotherSizeThanItsFieldHasIsNull() {
    StructType schema = Ddl.columns("a ARRAY<INT>(2), b STRUCT<c: ARRAY<INT>(1)>, d ARRAY<INT>");
    List<String> bodies =
        List.of(
            "{\"a\":[1,2],\"b\":{\"c\":[3]},\"d\":[4]}",
            "{\"a\":[1],\"b\":{\"c\":[3,3]},\"d\":[4,4]}",
            "{\"a\":null,\"d\":[]}");

    assertThat(read(bodies, PermissiveJson.read(col("text"), schema)))
        .map(row -> row.getStruct(0).json())
        .containsExactly(
            "{\"a\":[1,2],\"b\":{\"c\":[3]},\"d\":[4]}",
            "{\"a\":null,\"b\":{\"c\":null},\"d\":[4,4]}",
            "{\"a\":null,\"b\":null,\"d\":[]}");
  }

  static Stream<Arguments> decimals() {
    return Stream.of(
        Arguments.of("1e99999999", null),
        Arguments.of("-1e99999999", null),
        Arguments.of("1e9999999", null),
        Arguments.of("1e2147483647", null),
        Arguments.of("123456.5e99999998", null),
        Arguments.of("1e-99999999", "0.00"),
        Arguments.of("-1e-99999999", "0.00"),
        Arguments.of("1e-2147483647", "0.00"),
        Arguments.of("0e99999999", "0.00"),
        Arguments.of("0.000e-99999999", "0.00"),
        Arguments.of("\"1e99999999\"", null),
        Arguments.of("\"+1E+99999999\"", null),
        Arguments.of("\"-1e9999999\"", null),
        Arguments.of("\"1,000e99999999\"", null),
        Arguments.of("\"1e-99999999\"", "0.00"),
        Arguments.of("\"0e99999999\"", "0.00"),
        Arguments.of("\"" + "7".repeat(1_001) + "\"", null),
        Arguments.of("\"0." + "7".repeat(999_999) + "\"", null),
        Arguments.of("7".repeat(900), null),
        Arguments.of("0." + "7".repeat(900), "0.78"),
        Arguments.of("0." + "0".repeat(900) + "1e903", "100.00"),
        Arguments.of("9" + "0".repeat(900) + "e-900", "9.00"),
        Arguments.of("\"1,000.5\"", "1000.50"),
        Arguments.of("\"seven\"", null),
        Arguments.of("\"\"", null),
        Arguments.of("true", null),
        Arguments.of("[1]", null),
        Arguments.of("null", null));
  }

  @Test
  void aDecimalCostsWhatItsTextIsLong() {
    List<Arguments> cases = decimals().toList();
    List<String> bodies =
        cases.stream().map(c -> "{\"dec\":" + c.get()[0] + ",\"value\":1}").toList();

    List<Row> rows = read("value INT, dec DECIMAL(10,2)", bodies);

    for (int i = 0; i < cases.size(); i++) {
      String text = (String) cases.get(i).get()[1];
      assertThat(rows.get(i))
          .as(bodies.get(i).substring(0, Math.min(60, bodies.get(i).length())))
          .isEqualTo(RowFactory.create(1, text == null ? null : new BigDecimal(text)));
    }
  }

  @Test
  void soDoesADecimalInsideOfOthers() {
    String ddl = "a ARRAY<DECIMAL(38,18)>, m MAP<STRING, DECIMAL(5,0)>, s STRUCT<d: DECIMAL(1,1)>";
    List<Row> rows =
        read(
            ddl,
            List.of(
                "{\"a\":[1,1e99999999],\"m\":{\"k\":7},\"s\":{\"d\":1e99999999}}",
                "{\"a\":[1e-99999999],\"m\":{\"k\":-1e99999999},\"s\":{\"d\":0.5}}"));

    assertThat(rows.get(0).isNullAt(0)).isTrue();
    assertThat(rows.get(0).getJavaMap(1)).hasToString("{k=7}");
    assertThat(rows.get(0).getStruct(2).isNullAt(0)).isTrue();
    assertThat(rows.get(1).getList(0)).hasToString("[0E-18]");
    assertThat(rows.get(1).isNullAt(1)).isTrue();
    assertThat(rows.get(1).getStruct(2).getDecimal(0)).hasToString("0.5");
  }

  @Test
  void numbersOfOtherTypesAreAsFromJsonReadsThemAtOnce() {
    String ddl = "b TINYINT, s SMALLINT, i INT, l BIGINT, f FLOAT, d DOUBLE, t STRING, z TIMESTAMP";
    for (String number :
        List.of("1e99999999", "-1e-99999999", "1e2147483648", "7".repeat(1_000), "7.5", "1e2")) {
      String body =
          "{\"b\":N,\"s\":N,\"i\":N,\"l\":N,\"f\":N,\"d\":N,\"t\":N,\"z\":N}".replace("N", number);
      List<Row> spark = read(List.of(body), from_json(col("text"), StructType.fromDDL(ddl)));

      assertThat(read(ddl, List.of(body)).get(0)).as(number).isEqualTo(spark.get(0).getStruct(0));
    }
  }

  @ParameterizedTest
  @MethodSource("callsOfFromJson")
  void fromJsonInAQueryOfOnesOwnHasTheSameBound(String ddl, String body, String shown) {
    String call = "from_json(text, '" + ddl + "')";

    assertThat(read(List.of(body), expr(call)).get(0)).hasToString("[" + shown + "]");
  }

  static Stream<Arguments> callsOfFromJson() {
    return Stream.of(
        Arguments.of("d DECIMAL(5,1), i INT", "{\"d\":1e99999999,\"i\":7}", "[null,7]"),
        Arguments.of("d DECIMAL(5,1), i INT", "{\"d\":7.25,\"i\":7}", "[7.3,7]"),
        Arguments.of(
            "ARRAY<STRUCT<d: DECIMAL(5,1)>>", "[{\"d\":\"1e99999999\"}]", "ArraySeq([null])"),
        Arguments.of("MAP<STRING, DECIMAL(5,1)>", "{\"k\":1e-99999999}", "Map(k -> 0.0)"));
  }

  @Test
  void aMinusZeroKeepsItsSign() {
    Row row = read("f FLOAT, d DOUBLE, a ARRAY<DOUBLE>", List.of(ZEROS)).get(0);

    assertThat(row.getFloat(0)).hasToString("-0.0");
    assertThat(row.getDouble(1)).hasToString("-0.0");
    assertThat(row.getList(2)).hasToString("[-0.0, -0.0, 0.0]");
  }

  private static final String ZEROS = "{\"f\":-0,\"d\":-0,\"a\":[-0,-0.0,0]}";
}
