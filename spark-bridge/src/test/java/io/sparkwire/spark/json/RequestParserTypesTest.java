package io.sparkwire.spark.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Ddl;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each type reads, value by value; what it refuses is in {@link RequestParserRefusalTest}. */
class RequestParserTypesTest {
  private static final String DIGITS_38 = "99999999999999999999999999999999999999";

  /** Type | JSON value | what an external row shows. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "STRING         | ''                                 | ``",
        "STRING         | 'abc'                              | abc",
        "STRING         | 'a\\n\\u00fc\\ud83d\\ude00'        | `a\nü😀`",
        "STRING         | 'Grüße 😀'                         | Grüße 😀",
        "BOOLEAN        | true                               | true",
        "BOOLEAN        | false                              | false",
        "TINYINT        | -128                               | -128",
        "TINYINT        | 127                                | 127",
        "SMALLINT       | -32768                             | -32768",
        "SMALLINT       | 32767                              | 32767",
        "INT            | -2147483648                        | -2147483648",
        "INT            | 2147483647                         | 2147483647",
        "INT            | 3.0                                | 3",
        "INT            | 1e3                                | 1000",
        "INT            | -1.50E1                            | -15",
        "INT            | 0e999999999                        | 0",
        "INT            | -0.0                               | 0",
        "BIGINT         | -9223372036854775808               | -9223372036854775808",
        "BIGINT         | 9223372036854775807                | 9223372036854775807",
        "BIGINT         | 9223372036854775807.0              | 9223372036854775807",
        "FLOAT          | 1                                  | 1.0",
        "FLOAT          | 0.1                                | 0.1",
        "FLOAT          | 3.4028235e38                       | 3.4028235E38",
        "FLOAT          | 1e-999                             | 0.0",
        "DOUBLE         | 7                                  | 7.0",
        "DOUBLE         | 39.1                               | 39.1",
        "DOUBLE         | -1.7976931348623157e308            | -1.7976931348623157E308",
        "DOUBLE         | 123456789012345678901234567890     | 1.2345678901234568E29",
        "DOUBLE         | 4.9e-324                           | 4.9E-324",
        "DECIMAL(5,2)   | 123.45                             | 123.45",
        "DECIMAL(5,2)   | -999.99                            | -999.99",
        "DECIMAL(5,2)   | 7                                  | 7.00",
        "DECIMAL(5,2)   | 1.5000                             | 1.50",
        "DECIMAL(5,2)   | 1e2                                | 100.00",
        "DECIMAL(5,2)   | 0e999999999                        | 0.00",
        "DECIMAL(2,2)   | 0                                  | 0.00",
        "DECIMAL(2,2)   | 0.25                               | 0.25",
        "DECIMAL(38,0)  | " + DIGITS_38 + " | " + DIGITS_38,
        "DATE           | '2026-01-31'                       | 2026-01-31",
        "DATE           | '0001-01-01'                       | 0001-01-01",
        "TIMESTAMP_NTZ  | '2026-01-31T12:30:00.123456'       | 2026-01-31T12:30:00.123456",
        "TIMESTAMP_NTZ  | '2026-01-31 12:30:00'              | 2026-01-31T12:30",
        "TIMESTAMP_NTZ  | '2026-01-31'                       | 2026-01-31T00:00",
      })
  void aValueOfItsTypeIsRead(String type, String json, String shown) {
    Object value = ParserProbe.of("a " + type).parse("{'a':" + json + "}").get(0);

    assertThat(value).hasToString(shown);
  }

  /** Text | the instant in microseconds; the zone of the probe is 5:30 hours before UTC. */
  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:01Z, 1000000",
    "1970-01-01T05:30:00, 0",
    "1970-01-01 05:30:00.000001, 1",
    "1970-01-01, -19800000000",
    "1970-01-01T02:00:00+01:00, 3600000000",
    "1970-01-01T01:00:00 Europe/Paris, 0",
    "1970-01-01T00:00:00.123456789Z, 123456",
  })
  void aTimestampIsAnInstantInMicroseconds(String text, long micros) {
    InternalRow row =
        ParserProbe.of("a TIMESTAMP").parser().parse(ParserProbe.bytes("{'a':'" + text + "'}"));

    assertThat(row.getLong(0)).isEqualTo(micros);
  }

  @Test
  void binaryIsBase64() {
    assertThat(ParserProbe.of("a BINARY").parse("{'a':'aGk/+w=='}").<byte[]>getAs(0))
        .containsExactly('h', 'i', '?', 0xFB);
    assertThat(ParserProbe.of("a BINARY").parse("{'a':''}").<byte[]>getAs(0)).isEmpty();
  }

  @Test
  void charAndVarcharAreReadAsStrings() {
    StructType schema = new StructType().add("c", new CharType(3)).add("v", new VarcharType(2));
    InternalRow row =
        new RequestParser(schema, ParserProbe.ZONE, NonFinite.REFUSE)
            .parse(ParserProbe.bytes("{'c':'a','v':'long'}"));

    assertThat(row.getUTF8String(0)).hasToString("a");
    assertThat(row.getUTF8String(1)).hasToString("long");
  }

  @Test
  void aVectorIsADenseArrayOfNumbers() {
    ParserProbe probe =
        ParserProbe.of(new StructType().add("features", SQLDataTypes.VectorType(), false));
    String many = "0.5,".repeat(40);

    assertThat(probe.parse("{'features':[1, 2.5, -3e2]}").<Vector>getAs(0))
        .isEqualTo(Vectors.dense(1, 2.5, -300));
    assertThat(probe.parse("{'features':[]}").<Vector>getAs(0))
        .isEqualTo(Vectors.dense(new double[0]));
    assertThat(probe.parse("{'features':[" + many + "1]}").<Vector>getAs(0).size()).isEqualTo(41);
    assertThat(probe.refusal("{'features':[1,null]}"))
        .hasMessage("field 'features[1]' must be DOUBLE, got null");
    assertThat(probe.refusal("{'features':[1,1e999]}"))
        .hasMessage(
            "field 'features[1]' must be DOUBLE, within ±1.7976931348623157E308, got the number"
                + " 1e999");
    assertThat(probe.refusal("{'features':'1,2'}"))
        .hasMessage(
            "field 'features' must be VECTOR, a JSON array of numbers, got a string \"1,2\"");
  }

  @Test
  void anArrayHasTheSizeOfItsColumn() {
    ParserProbe probe =
        ParserProbe.of(
            Ddl.columns("a ARRAY<INT>(3) NOT NULL, b STRUCT<c: ARRAY<STRING>(2)>, d ARRAY<INT>"));

    assertThat(probe.parse("{'a':[1,null,3],'b':{'c':['x','y']},'d':[1]}").getList(0))
        .isEqualTo(Arrays.asList(1, null, 3));
    assertThat(probe.refusal("{'a':[1,2]}"))
        .hasMessage("field 'a' must be ARRAY, a JSON array of 3 elements, got an array of 2");
    assertThat(probe.refusal("{'a':[1,2,3,4]}").found()).isEqualTo("an array of 4");
    assertThat(probe.refusal("{'a':[1,2,3],'b':{'c':[]}}"))
        .hasMessage("field 'b.c' must be ARRAY, a JSON array of 2 elements, got an array of 0");
    assertThat(probe.refusal("{'a':7}"))
        .hasMessage("field 'a' must be ARRAY, a JSON array of 3 elements, got the number 7");
    assertThat(probe.refusal("{'d':[]}").expected())
        .isEqualTo("ARRAY, a JSON array of 3 elements NOT NULL");
  }

  @Test
  void aVectorMayBeTheObjectThatSparkWrites() {
    ParserProbe any = ParserProbe.of(Ddl.columns("v VECTOR"));
    ParserProbe sized = ParserProbe.of(Ddl.columns("v VECTOR(4)"));
    String dense = "{'v':{'type':1,'values':[0.5,0,-2,1e3]}}";
    String sparse = "{'v':{'type':0,'size':4,'indices':[1,3],'values':[2.5,-1]}}";

    assertThat(any.parse(dense).<Vector>getAs(0)).isEqualTo(Vectors.dense(0.5, 0, -2, 1000));
    assertThat(sized.parse(dense).<Vector>getAs(0)).isEqualTo(Vectors.dense(0.5, 0, -2, 1000));
    assertThat(sized.parse(sparse).<Object>getAs(0))
        .isInstanceOf(SparseVector.class)
        .isEqualTo(Vectors.sparse(4, new int[] {1, 3}, new double[] {2.5, -1}));
    assertThat(any.refusal(sparse))
        .hasMessage(
            "field 'v' must be VECTOR, a JSON array of numbers, or VECTOR(n) in the schema for a"
                + " sparse one, got an object that is no such vector");
    assertThat(sized.refusal("{'v':{'type':1,'values':[1]}}"))
        .hasMessage("field 'v' must be VECTOR(4), a JSON array of 4 numbers, got an array of 1");
    assertThat(sized.refusal("{'v':{}}").field()).isEqualTo("v.type");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type':1",
        "'type':1,'size':4,'values':[1,2,3,4]",
        "'type':2,'size':4,'indices':[],'values':[]",
        "'type':0,'values':[1,2,3,4]",
        "'type':0,'size':5,'indices':[],'values':[]",
        "'type':0,'size':4,'indices':[4],'values':[1]",
        "'type':0,'size':4,'indices':[-1],'values':[1]",
        "'type':0,'size':4,'indices':[1,1],'values':[1,2]",
        "'type':0,'size':4,'indices':[2,1],'values':[1,2]",
        "'type':0,'size':4,'indices':[1],'values':[1,2]",
      })
  void anObjectThatIsNoVectorIsRefused(String members) {
    assertThat(ParserProbe.of(Ddl.columns("v VECTOR(4)")).refusal("{'v':{" + members + "}}"))
        .hasMessage(
            "field 'v' must be VECTOR(4), a JSON array of 4 numbers, got an object that is no such"
                + " vector");
  }

  @Test
  void everyValueHasTheClassThatCatalystReads() {
    StructType schema =
        StructType.fromDDL(
                "a TINYINT, b SMALLINT, c INT, d BIGINT, e FLOAT, f DOUBLE, g DECIMAL(5,2), h"
                    + " DECIMAL(30,2), i BOOLEAN, j DATE, k TIMESTAMP, l TIMESTAMP_NTZ, m BINARY, n"
                    + " ARRAY<TINYINT>, o MAP<STRING, FLOAT>, p STRUCT<q: SMALLINT>")
            .add("v", SQLDataTypes.VectorType());
    String body =
        "{'a':1,'b':1,'c':1,'d':1,'e':1,'f':1,'g':1,'h':1,'i':true,'j':'2026-01-31','k':'2026-01-31',"
            + "'l':'2026-01-31','m':'','n':[1],'o':{'x':1},'p':{'q':1},'v':[1]}";
    InternalRow row =
        new RequestParser(schema, ParserProbe.ZONE, NonFinite.REFUSE)
            .parse(ParserProbe.bytes(body));

    assertThat(UnsafeProjection.create(schema).apply(row).numFields()).isEqualTo(17);
  }

  @Test
  void numbersThatAreNotFiniteAreReadIfAsked() {
    StructType schema =
        StructType.fromDDL("d DOUBLE, f FLOAT, l ARRAY<DOUBLE>")
            .add("v", SQLDataTypes.VectorType());
    ParserProbe probe =
        new ParserProbe(schema, new RequestParser(schema, ParserProbe.ZONE, NonFinite.READ));

    Row row =
        probe.parse(
            "{'d':'NaN','f':'-Infinity','l':['Infinity',1,'NaN'],'v':['NaN','-Infinity',2]}");
    assertThat(row.getDouble(0)).isNaN();
    assertThat(row.getFloat(1)).isEqualTo(Float.NEGATIVE_INFINITY);
    assertThat(row.<Double>getList(2)).containsExactly(Double.POSITIVE_INFINITY, 1.0, Double.NaN);
    assertThat(row.<Vector>getAs(3))
        .isEqualTo(Vectors.dense(Double.NaN, Double.NEGATIVE_INFINITY, 2));
    for (String wrong : List.of("'nan'", "'+Infinity'", "'1'", "''", "true", "[]")) {
      assertThat(probe.refusal("{'d':" + wrong + "}").getMessage())
          .startsWith("field 'd' must be DOUBLE, \"NaN\", \"Infinity\" or \"-Infinity\", got ");
    }
    assertThat(probe.refusal("{'f':'no'}"))
        .hasMessage(
            "field 'f' must be FLOAT, \"NaN\", \"Infinity\" or \"-Infinity\", got a string \"no\"");
    assertThat(probe.refusal("{'d':NaN}").getMessage()).startsWith("the body is not valid JSON: ");
  }

  @Test
  void numbersThatAreNotFiniteAreRefusedOtherwise() {
    assertThat(ParserProbe.of("a DOUBLE").refusal("{'a':'NaN'}"))
        .hasMessage("field 'a' must be DOUBLE, got a string \"NaN\"");
    assertThat(ParserProbe.of("a FLOAT").refusal("{'a':'Infinity'}"))
        .hasMessage("field 'a' must be FLOAT, got a string \"Infinity\"");
  }
}
