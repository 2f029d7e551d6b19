package io.sparkwire.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sparkwire.schema.ColumnType.Array;
import io.sparkwire.schema.ColumnType.Decimal;
import io.sparkwire.schema.ColumnType.Mapping;
import io.sparkwire.schema.ColumnType.Other;
import io.sparkwire.schema.ColumnType.Plain;
import io.sparkwire.schema.ColumnType.Struct;
import io.sparkwire.schema.ColumnType.Vector;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DdlTest {

  private static Column column(String name, ColumnType type) {
    return new Column(name, type, true);
  }

  private static Array array(ColumnType element) {
    return new Array(element, OptionalInt.empty());
  }

  @ParameterizedTest
  @EnumSource
  void typesWithoutParametersAreReadByName(Plain type) {
    assertThat(Ddl.columns("a " + type.name()))
        .isEqualTo(Ddl.columns("A " + type).stream().map(c -> column("a", c.type())).toList())
        .containsExactly(column("a", type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CHAR(3) | STRING",
        "VARCHAR(5) | STRING",
        "STRING COLLATE UTF8_LCASE | STRING",
        "TIME(6) | TIME",
        "INTERVAL DAY TO SECOND | INTERVAL",
        "bigint | BIGINT",
      })
  void someTypesHaveMoreWords(String ddl, Plain type) {
    assertThat(Ddl.columns("x " + ddl + " NOT NULL,y INT"))
        .containsExactly(new Column("x", type, false), column("y", Plain.INT));
  }

  @Test
  void typesMayBeNested() {
    assertThat(
            Ddl.columns(
                "a DECIMAL(9,2) NOT NULL,b ARRAY<VECTOR(2)>,c MAP<STRING, VECTOR>,"
                    + "d STRUCT<e: DECIMAL NOT NULL, f: ARRAY<STRUCT<g: INT, vector: DATE>>> NOT NULL"))
        .containsExactly(
            new Column("a", new Decimal(9, 2), false),
            column("b", array(new Vector(OptionalInt.of(2)))),
            column("c", new Mapping(Plain.STRING, new Vector(OptionalInt.empty()))),
            new Column(
                "d",
                new Struct(
                    List.of(
                        new Column("e", new Decimal(10, 0), false),
                        column(
                            "f",
                            array(
                                new Struct(
                                    List.of(
                                        column("g", Plain.INT), column("vector", Plain.DATE))))))),
                false));
  }

  @Test
  void anArrayMayHaveASize() {
    Array sized = new Array(Plain.INT, OptionalInt.of(2048));

    assertThat(
            Ddl.columns(
                "a ARRAY<INT>(2048) NOT NULL COMMENT 'x',b ARRAY<INT> ( 2048 ),"
                    + "c STRUCT<d: ARRAY<INT>(2048)>,e ARRAY<ARRAY<INT>>(3)"))
        .containsExactly(
            new Column("a", sized, false),
            column("b", sized),
            column("c", new Struct(List.of(column("d", sized)))),
            column("e", new Array(array(Plain.INT), OptionalInt.of(3))));
    assertThat(Ddl.type("ARRAY<INT>(2048)")).isEqualTo(sized);
  }

  @Test
  void namesMayBeQuoted() {
    assertThat(Ddl.columns("`a, b>` INT,`c``d` STRUCT<`NOT NULL`: INT>,`` INT,array STRING"))
        .containsExactly(
            column("a, b>", Plain.INT),
            column("c`d", new Struct(List.of(column("NOT NULL", Plain.INT)))),
            column("", Plain.INT),
            column("array", Plain.STRING));
  }

  @Test
  void commentsAndDefaultsAreSkipped() {
    assertThat(
            Ddl.columns(
                "a INT NOT NULL COMMENT 'it\\'s, NOT NULL',b STRUCT<c: INT COMMENT 'x>'>,"
                    + "d INT DEFAULT greatest(1, 2) COMMENT \"NOT NULL\""))
        .containsExactly(
            new Column("a", Plain.INT, false),
            column("b", new Struct(List.of(column("c", Plain.INT)))),
            column("d", Plain.INT));
  }

  @Test
  void aTypeIsOneOrTheStructOfItsColumns() {
    assertThat(Ddl.type("ARRAY<DOUBLE>")).isEqualTo(array(Plain.DOUBLE));
    assertThat(Ddl.type("STRING COLLATE UTF8_LCASE")).isEqualTo(Plain.STRING);
    assertThat(Ddl.type("VECTOR")).isEqualTo(new Vector(OptionalInt.empty()));
    assertThat(Ddl.type("STRUCT<>")).isEqualTo(new Struct(List.of()));
    assertThat(Ddl.type("array INT")).isEqualTo(new Struct(List.of(column("array", Plain.INT))));
    assertThat(Ddl.type("`x y` INT")).isEqualTo(new Struct(List.of(column("x y", Plain.INT))));
    assertThat(Ddl.type("GEOGRAPHY(4326)")).isEqualTo(new Other("GEOGRAPHY"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a INT,",
        "a ARRAY<INT",
        "a ARRAY",
        "a DECIMAL(x)",
        "a ARRAY<INT>(x)",
        "a ARRAY<INT>()",
        "'a' INT"
      })
  void whatIsNoListOfColumnsIsRefused(String ddl) {
    assertThatThrownBy(() -> Ddl.columns(ddl))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("DDL must have ")
        .hasMessageEndingWith(ddl);
  }

  @Test
  void whatAServiceDoesNotShowOrNoReleaseYetReadsIsNotKnown() {
    assertThat(Ddl.known("")).isEmpty();
    assertThat(Ddl.known("a INT,")).isEmpty();
    assertThat(Ddl.known("STRING")).hasValue(Plain.STRING);
  }

  @Test
  void aRefusalNamesTheWord() {
    assertThatThrownBy(() -> Ddl.columns("a INT,b MAP<STRING>"))
        .hasMessage("DDL must have ',' at word 8, got '>': a INT,b MAP<STRING>");
    assertThatThrownBy(() -> Ddl.type(""))
        .hasMessage("DDL must have a name or type at word 1, got the end: ");
  }
}
