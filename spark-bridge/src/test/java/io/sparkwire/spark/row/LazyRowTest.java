package io.sparkwire.spark.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sparkwire.spark.catalyst.Catalyst;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.CalendarInterval;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class LazyRowTest {

  private static final StructType SCHEMA =
      StructType.fromDDL(
          "a BOOLEAN, b TINYINT, c SMALLINT, d INT, e BIGINT, f FLOAT, g DOUBLE, h DECIMAL(10,2),"
              + " i DECIMAL(38,2), j STRING, k BINARY, l DATE, m TIMESTAMP, n INTERVAL,"
              + " o STRUCT<x: INT>, p ARRAY<INT>, q MAP<STRING, INT>, r INT, s STRING");

  private static Object[] values() {
    return new Object[] {
      true,
      (byte) 1,
      (short) 2,
      3,
      4L,
      5.5f,
      6.5,
      Decimal.apply(725, 10, 2),
      Decimal.apply(825, 38, 2),
      UTF8String.fromString("text"),
      "bytes".getBytes(UTF_8),
      7,
      8L,
      new CalendarInterval(1, 2, 3),
      new GenericInternalRow(new Object[] {9}),
      new GenericArrayData(new Object[] {10, null}),
      new ArrayBasedMapData(
          new GenericArrayData(new Object[] {UTF8String.fromString("k")}),
          new GenericArrayData(new Object[] {11})),
      null,
      null
    };
  }

  private static final class Values extends LazyRow {

    private static final long serialVersionUID = 1;

    @Override
    public int numFields() {
      return SCHEMA.size();
    }

    @Override
    Object value(int ordinal) {
      return values()[ordinal];
    }
  }

  @Test
  void everyTypeReadsAsInARowThatHoldsItsValues() {
    InternalRow plain = new GenericInternalRow(values());

    assertThat(Catalyst.unsafe(SCHEMA, new Values())).isEqualTo(Catalyst.unsafe(SCHEMA, plain));
  }

  @Test
  void valuesOfEveryTypeAreReadByTheirTypeToo() {
    LazyRow row = new Values();
    for (int i = 0; i < SCHEMA.size(); i++) {
      Object value = values()[i];
      assertThat(row.isNullAt(i)).isEqualTo(value == null);
      if (!(value instanceof GenericArrayData || value instanceof ArrayBasedMapData)) {
        assertThat(row.get(i, SCHEMA.fields()[i].dataType())).isEqualTo(value);
      }
    }
  }
}
