package io.sparkwire.spark.catalyst;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors and arrays with a size in DDL, and what a plan knows of a request's types. */
class DdlTest {

  private static final DataType VECTOR = SQLDataTypes.VectorType();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v VECTOR",
        "v vector",
        "v VECTOR COMMENT 'a VECTOR, or none'",
        "v VECTOR , vector INT",
        "v\nVECTOR,\n`x VECTOR, y` STRING",
        "v VECTOR(3)",
        "v Vector ( 3 ), w INT",
      })
  void vectorIsAType(String ddl) {
    assertThat(Ddl.columns(ddl).apply("v").dataType()).isEqualTo(VECTOR);
  }

  @Test
  void aVectorMayHaveASizeAndBePartOfOtherTypes() {
    StructType columns =
        Ddl.columns(
            "a VECTOR(4) NOT NULL, b ARRAY<VECTOR(2)>, c MAP<STRING, VECTOR>,"
                + " d STRUCT<e: VECTOR(1) NOT NULL, f: INT>, g VECTOR");
    StructType inner = (StructType) columns.apply("d").dataType();

    assertThat(Ddl.vectorSize(columns.apply("a").dataType())).hasValue(4);
    assertThat(columns.apply("a").nullable()).isFalse();
    assertThat(Ddl.vectorSize(((ArrayType) columns.apply("b").dataType()).elementType()))
        .hasValue(2);
    assertThat(((MapType) columns.apply("c").dataType()).valueType()).isEqualTo(VECTOR);
    assertThat(Ddl.vectorSize(inner.apply("e").dataType())).hasValue(1);
    assertThat(inner.apply("e").nullable()).isFalse();
    assertThat(Ddl.vectorSize(columns.apply("g").dataType())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vector INT, `VECTOR` DOUBLE, b STRING COMMENT 'VECTOR(3)'",
        "a STRUCT<vector: INT, x: ARRAY<INT>>",
        "a INT COMMENT \"it\\\"s VECTOR, \"",
      })
  void aNameOrCommentIsNone(String ddl) {
    assertThat(Ddl.columns(ddl)).isEqualTo(StructType.fromDDL(ddl));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"v VECTOR(x)", "v VECTOR()", "v VECTOR<INT>", "v VECTORS", "v VECTOR(-1)"})
  void whatIsNoVectorIsRefusedAsSparkDoes(String ddl) {
    assertThatThrownBy(() -> Ddl.columns(ddl)).hasMessageContaining("VECTOR");
  }

  @Test
  void anArrayMayHaveASizeAsAColumnOrField() {
    StructType columns =
        Ddl.columns(
            "a ARRAY<INT>(2048) NOT NULL COMMENT 'an ARRAY<INT>(3)', b array < float > ( 30 ),"
                + " c STRUCT<d: ARRAY<STRING>(2) NOT NULL, e: ARRAY<INT>>, f ARRAY<INT>,"
                + " g ARRAY<STRUCT<h: ARRAY<ARRAY<INT>>(1), i: MAP<STRING, INT>>>(5),"
                + " `j ARRAY<INT>(4)` STRING, k ARRAY<VECTOR(2)>(3)");
    StructType inner = (StructType) columns.apply("c").dataType();
    ArrayType structs = (ArrayType) columns.apply("g").dataType();

    assertThat(Ddl.inPlan(columns))
        .extracting(DataType::simpleString)
        .isEqualTo(
            "struct<a:array<int>,b:array<float>,c:struct<d:array<string>,e:array<int>>,"
                + "f:array<int>,g:array<struct<h:array<array<int>>,i:map<string,int>>>,"
                + "j ARRAY<INT>(4):string,k:array<vector>>");
    assertThat(ArraySizes.of(columns.apply("a"))).hasValue(2048);
    assertThat(columns.apply("a").nullable()).isFalse();
    assertThat(columns.apply("a").getComment().get()).isEqualTo("an ARRAY<INT>(3)");
    assertThat(ArraySizes.of(columns.apply("b"))).hasValue(30);
    assertThat(ArraySizes.of(inner.apply("d"))).hasValue(2);
    assertThat(inner.apply("d").nullable()).isFalse();
    assertThat(ArraySizes.of(inner.apply("e"))).isEmpty();
    assertThat(ArraySizes.of(columns.apply("f"))).isEmpty();
    assertThat(ArraySizes.of(columns.apply("g"))).hasValue(5);
    assertThat(ArraySizes.of(((StructType) structs.elementType()).apply("h"))).hasValue(1);
    assertThat(ArraySizes.of(columns.apply("k"))).hasValue(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ARRAY<ARRAY<FLOAT>(4)>(3)",
        "a ARRAY<ARRAY<FLOAT>(4)>",
        "a MAP<STRING, ARRAY<FLOAT>(4)>",
        "a STRUCT<b: ARRAY<ARRAY<FLOAT>(4)>>"
      })
  void anElementOfAnArrayOrMapHasNoSize(String ddl) {
    assertThatThrownBy(() -> Ddl.columns(ddl))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an array has a size only as a column or as a field of a struct, got ARRAY<FLOAT>(4)"
                + " within an array or map");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a ARRAY<INT>(x)",
        "a ARRAY<INT>()",
        "a ARRAY<INT>(-1)",
        "a ARRAY(3)",
        "a MAP<STRING, INT>(3)",
        "a STRUCT<b: INT>(3)",
        "a ARRAY<INT>(1234567890)"
      })
  void whatIsNoSizeIsRefusedAsSparkDoes(String ddl) {
    assertThatThrownBy(() -> Ddl.columns(ddl)).isInstanceOf(ParseException.class);
  }

  @Test
  void theTypeOfAColumnHasTheSizeOfItsArrays() {
    StructType columns = Ddl.columns("a ARRAY<INT>(4), b STRUCT<c: ARRAY<INT>(2)>, d INT");

    assertThat(columns.fields())
        .extracting(column -> Ddl.text(column))
        .containsExactly("ARRAY<INT>(4)", "c ARRAY<INT>(2)", "INT");
  }

  @Test
  void aTypeAsTextIsReadAsTheSameType() {
    String columns =
        "a VECTOR(4) NOT NULL,b ARRAY<VECTOR(2)>,c MAP<STRING, VECTOR>,"
            + "d STRUCT<e: VECTOR(1) NOT NULL, f: INT>,g CHAR(3),h VARCHAR(5),`i j` DECIMAL(9,2),"
            + "k ARRAY<INT>(2048) NOT NULL,l STRUCT<m: ARRAY<ARRAY<STRING>>(2) NOT NULL>,"
            + "n ARRAY<VECTOR(2)>(3),o ARRAY<STRUCT<p: ARRAY<FLOAT>(5)>>(7)";

    assertThat(Ddl.text(Ddl.columns(columns))).isEqualTo(columns);
    for (String type : List.of("VECTOR", "ARRAY<DOUBLE>", "MAP<STRING, VECTOR>", "STRING")) {
      assertThat(Ddl.text(Ddl.type(type))).isEqualTo(type);
    }
  }

  @Test
  void aNodeWithoutSparkReadsTheTextOfEveryType() {
    StructType columns =
        Ddl.columns(
            "a BOOLEAN, b TINYINT, c SMALLINT, d INT NOT NULL, e BIGINT, f FLOAT, g DOUBLE,"
                + " h DECIMAL(9,2), i STRING COLLATE UTF8_LCASE, j CHAR(3), k BINARY, l DATE,"
                + " m TIMESTAMP, n TIMESTAMP_NTZ, o TIME(3), p INTERVAL DAY TO SECOND, q VARIANT,"
                + " `r``s, t` INT COMMENT 'a ''NOT NULL', u ARRAY<VECTOR(2)>, v VECTOR NOT NULL,"
                + " va ARRAY<INT>(4) NOT NULL, vb STRUCT<c: ARRAY<FLOAT>(5)>,"
                + " w MAP<STRING, STRUCT<`x y`: INT NOT NULL COMMENT 'it\\'s', z: VOID>>");

    assertThat(io.sparkwire.schema.Ddl.columns(Ddl.text(columns)))
        .extracting(column -> column.name() + (column.nullable() ? " " : "! ") + column.type())
        .containsExactly(
            "a BOOLEAN",
            "b TINYINT",
            "c SMALLINT",
            "d! INT",
            "e BIGINT",
            "f FLOAT",
            "g DOUBLE",
            "h Decimal[precision=9, scale=2]",
            "i STRING",
            "j STRING",
            "k BINARY",
            "l DATE",
            "m TIMESTAMP",
            "n TIMESTAMP_NTZ",
            "o TIME",
            "p INTERVAL",
            "q VARIANT",
            "r`s, t INT",
            "u Array[element=Vector[size=OptionalInt[2]], size=OptionalInt.empty]",
            "v! Vector[size=OptionalInt.empty]",
            "va! Array[element=INT, size=OptionalInt[4]]",
            "vb Struct[columns=[Column[name=c,"
                + " type=Array[element=FLOAT, size=OptionalInt[5]], nullable=true]]]",
            "w Mapping[key=STRING, value=Struct[columns=["
                + "Column[name=x y, type=INT, nullable=false],"
                + " Column[name=z, type=VOID, nullable=true]]]]");
  }

  @Test
  void theTypeOfAResponseHasNoSize() {
    assertThat(Ddl.type("VECTOR")).isEqualTo(VECTOR);
    assertThat(Ddl.type("a VECTOR")).isEqualTo(new StructType().add("a", VECTOR));
    assertThatThrownBy(() -> Ddl.type("ARRAY<VECTOR(3)>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("VECTOR has no size here, got VECTOR(3); only the schema of requests has one");
    for (String sized : List.of("ARRAY<INT>(3)", "a ARRAY<INT>(3)", "MAP<STRING, ARRAY<INT>(3)>")) {
      assertThatThrownBy(() -> Ddl.type(sized))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "ARRAY has no size here, got ARRAY<INT>(3); only the schema of requests has one");
    }
  }

  @Test
  void aPlanKnowsTextWithoutLengthAndVectorsWithoutSize() {
    StructType columns =
        Ddl.columns(
            "a CHAR(5), b VARCHAR(7) NOT NULL, c ARRAY<CHAR(1)>, d VECTOR(2), e MAP<STRING, INT>");

    assertThat(Ddl.inPlan(columns))
        .isEqualTo(
            StructType.fromDDL("a STRING, b STRING NOT NULL, c ARRAY<STRING>")
                .add("d", VECTOR)
                .add("e", DataTypes.createMapType(DataTypes.StringType, DataTypes.IntegerType)));
    assertThat(Ddl.vectorSize(((StructType) Ddl.inPlan(columns)).apply("d").dataType())).isEmpty();
  }
}
