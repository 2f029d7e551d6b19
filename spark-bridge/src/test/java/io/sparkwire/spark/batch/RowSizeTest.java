package io.sparkwire.spark.batch;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;

class RowSizeTest {

  private static long size(String type, int first, Object... values) {
    return new RowSize(StructType.fromDDL(type), first).applyAsLong(new GenericInternalRow(values));
  }

  @Test
  void textsAndBinariesCountTheirBytes() {
    UTF8String text = UTF8String.fromString("grüß");
    assertThat(size("a STRING, b BINARY, c INT", 0, text, new byte[100], 1)).isEqualTo(6 + 100 + 8);
  }

  @Test
  void nullsCountNothing() {
    assertThat(size("a STRING, b BINARY", 0, null, null)).isZero();
  }

  @Test
  void partsOfStructsCount() {
    GenericInternalRow inner = new GenericInternalRow(new Object[] {new byte[50], 7L});
    assertThat(size("s STRUCT<content: BINARY, n: BIGINT>", 0, inner)).isEqualTo(50 + 8);
  }

  @Test
  void elementsOfArraysCountAsNumbers() {
    GenericArrayData array = new GenericArrayData(new int[] {1, 2, 3});
    assertThat(size("a ARRAY<INT>", 0, array)).isEqualTo(24);
  }

  @Test
  void columnsThatFunctionsDoNotGetDoNotCount() {
    assertThat(size("a INT", 1, UTF8String.fromString("kept by the row"), 5)).isEqualTo(8);
  }
}
